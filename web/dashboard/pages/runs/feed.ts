/** Runs as the server has them: the newest by themselves, older ones when they are wanted. */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Status } from "#ui";
import { type ApiError, api, asApiError } from "../../data/api.ts";
import { listen } from "../../data/events.ts";
import { type Loaded, withNewest, withOlder, withOne } from "./merge.ts";
import { asStatus, asTrigger, type RunRow, rowOf, type Trigger } from "./words.ts";

export interface Filter {
  action: string | null;
  status: Status | null;
  trigger: Trigger | null;
  conversationId: string | null;
  /** Only runs called before this time. */
  before: string | null;
}

export function filterOf(query: URLSearchParams): Filter {
  return {
    action: query.get("action"),
    status: asStatus(query.get("status")),
    trigger: asTrigger(query.get("trigger")),
    conversationId: query.get("conversation"),
    before: asTime(query.get("before")),
  };
}

function asTime(text: string | null): string | null {
  return text !== null && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : null;
}

export interface Feed {
  readonly loaded: ReadonlySignal<Loaded | undefined>;
  readonly error: ReadonlySignal<ApiError | undefined>;
  readonly busy: ReadonlySignal<boolean>;
  /** Load the page after the last one. */
  more(): void;
  refresh(): void;
  /** Follow what happens until the returned function is called. */
  watch(): () => void;
}

// The first page is more than a table draws without scrolling, so that its end can be noticed.
const FIRST = 120;
const PAGE = 200;
const NEWEST = 50;
// More changes at once than this, and everything is asked for anew.
const SINGLY = 20;
const SETTLE_MS = 200;

/** Make one for each filter. */
export function feed(filter: Filter): Feed {
  const loaded: Signal<Loaded | undefined> = signal(undefined);
  const error: Signal<ApiError | undefined> = signal(undefined);
  const busy = signal(false);
  const changed = new Set<string>();
  let stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let work: Promise<void> = Promise.resolve();

  async function page(limit: number, cursor: string | null = null): Promise<Loaded> {
    const query = { ...filter, limit, cursor };
    const { runs, next } = await api.get("/api/runs", { query, signal: stop.signal });
    return { runs: runs.map(rowOf), next };
  }

  /** One request after the other: an older answer never covers a newer one. */
  function then(step: () => Promise<void>): Promise<void> {
    const { signal } = stop;
    work = work.then(async () => {
      if (signal.aborted) return;
      try {
        await step();
        error.value = undefined;
      } catch (fault) {
        if (!signal.aborted) error.value = asApiError(fault);
      }
    });
    return work;
  }

  async function anew(): Promise<void> {
    changed.clear();
    loaded.value = await page(FIRST);
  }

  async function catchUp(): Promise<void> {
    const before = loaded.peek();
    if (!before || changed.size > SINGLY) return anew();
    const asked = [...changed];
    changed.clear();
    const newest = await page(NEWEST);
    const merged = withNewest(before, newest);
    if (!merged) return anew();
    loaded.value = merged;
    const shown = new Set(newest.runs.map((run) => run.id));
    for (const id of asked) {
      if (!shown.has(id) && merged.runs.some((run) => run.id === id)) await look(id);
    }
  }

  async function look(id: string): Promise<void> {
    const { run } = await api.get("/api/runs/{run_id}", { path: { run_id: id } });
    const now = loaded.peek();
    if (now) loaded.value = withOne(now, rowOf(run), fits(run, filter));
  }

  async function older(): Promise<void> {
    const now = loaded.peek();
    if (now?.next) loaded.value = withOlder(now, await page(PAGE, now.next));
  }

  function soon(id: string | undefined): void {
    if (id) changed.add(id);
    // Not put off by further events: a busy server is followed too.
    timer ??= setTimeout(() => {
      timer = undefined;
      then(catchUp);
    }, SETTLE_MS);
  }

  return {
    loaded,
    error,
    busy,
    refresh: () => then(anew),
    more() {
      if (busy.peek() || !loaded.peek()?.next) return;
      busy.value = true;
      then(older).then(() => {
        busy.value = false;
      });
    },
    watch() {
      stop = new AbortController();
      then(anew);
      const unlisten = listen((heard) => {
        if (heard.kind === "missed") soon(undefined);
        else if (heard.kind === "run.started" || heard.kind === "run.changed") soon(heard.subject);
      });
      return () => {
        unlisten();
        clearTimeout(timer);
        timer = undefined;
        stop.abort();
      };
    },
  };
}

function fits(run: Pick<RunRow, "status">, filter: Filter): boolean {
  return filter.status === null || run.status === filter.status;
}
