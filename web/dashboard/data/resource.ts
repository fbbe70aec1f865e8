/** Something the server keeps, as pages see it: loaded when first looked at, then kept fresh. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { EventKind } from "#protocol";
import { type ApiError, asApiError } from "./api.ts";
import { listenTo } from "./events.ts";

export interface Resource<Value> {
  /** Not there before the first answer: draw skeletons. What was there stays while it reloads. */
  readonly value: ReadonlySignal<Value | undefined>;
  readonly error: ReadonlySignal<ApiError | undefined>;
  /** Ask the server now; several calls at once are one request. */
  refresh(): Promise<void>;
  /** Show a change before the server says so; the next refresh has the last word. */
  change(edit: (value: Value) => Value): void;
  /** Keep it fresh until the returned function is called. */
  watch(): () => void;
}

interface Source<Value> {
  load: (signal: AbortSignal) => Promise<Value>;
  /** What makes it stale. */
  on?: readonly EventKind[];
}

const SETTLE_MS = 120;

/** Make one outside of components and share it: `export const keys = resource({...})`. */
export function resource<Value>({ load, on = [] }: Source<Value>): Resource<Value> {
  const value: Signal<Value | undefined> = signal(undefined);
  const error: Signal<ApiError | undefined> = signal(undefined);
  let running: { done: Promise<void>; stop: AbortController } | undefined;
  let again = false;
  let watchers = 0;
  let unlisten = () => {};
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function run(stop: AbortController): Promise<void> {
    do {
      again = false;
      try {
        value.value = await load(stop.signal);
        error.value = undefined;
      } catch (fault) {
        if (!stop.signal.aborted) error.value = asApiError(fault);
      }
    } while (again && !stop.signal.aborted);
    running = undefined;
  }

  function refresh(): Promise<void> {
    // One that is under way may have been answered before the change: ask once more after it.
    if (running) again = true;
    else {
      const stop = new AbortController();
      running = { stop, done: run(stop) };
    }
    return running?.done ?? Promise.resolve();
  }

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(refresh, SETTLE_MS);
  }

  return {
    value,
    error,
    refresh,
    change(edit) {
      const now = value.peek();
      if (now !== undefined) value.value = edit(now);
    },
    watch() {
      watchers += 1;
      if (watchers === 1) {
        unlisten = listenTo(on, soon);
        refresh();
      }
      return () => {
        watchers -= 1;
        if (watchers > 0) return;
        unlisten();
        clearTimeout(timer);
      };
    },
  };
}

/** Keep a resource fresh while the component is drawn; reading its signals redraws it. */
export function useResource<Value>(one: Resource<Value>): Resource<Value> {
  useEffect(() => one.watch(), [one]);
  return one;
}
