/** `/api/events`, followed for as long as somebody looks: one stream for the whole page. */
import { signal } from "@preact/signals";
import type { EventKind, ServerEvent } from "#protocol";
import { messagesIn } from "#talk/sse.ts";
import { send } from "./api.ts";

/** `missed`: events were lost, everything may have changed. */
export type Heard = ServerEvent | { kind: "missed" };

/** Whether the server answers; the frame shows a banner while it does not. */
export const online = signal(true);

const RETRY_MS = [500, 1_000, 2_000, 5_000];
// A tab nobody looks at gives its connection back: browsers have six for all tabs together.
const HIDDEN_MS = 10_000;
const listeners = new Set<(heard: Heard) => void>();
let last: string | undefined;

let opened: () => void = () => {};

/** Called whenever the stream is open: from then on no event is missed. */
export function onOpened(callback: () => void): void {
  opened = callback;
}

/** Hear what changes on the server; returns how to stop. */
export function listen(listener: (heard: Heard) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Listen to some kinds of events, and to `missed`. */
export function listenTo(kinds: readonly EventKind[], listener: () => void): () => void {
  const wanted = new Set<string>([...kinds, "missed"]);
  return listen((heard) => {
    if (wanted.has(heard.kind)) listener();
  });
}

function tell(heard: Heard): void {
  for (const listener of listeners) listener(heard);
}

/** Follow until the signal says stop. */
export async function follow(stop: AbortSignal): Promise<void> {
  let failures = 0;
  while (!stop.aborted) {
    await seen(stop);
    const one = new AbortController();
    const over = () => one.abort();
    stop.addEventListener("abort", over, { once: true });
    const unwatch = whenHidden(over);
    try {
      await stream(one.signal, () => {
        failures = 0;
      });
    } catch {
      if (!one.signal.aborted) {
        online.value = false;
        failures += 1;
      }
    } finally {
      unwatch();
      stop.removeEventListener("abort", over);
    }
    await pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0, stop);
  }
}

async function stream(signal: AbortSignal, onOpen: () => void): Promise<void> {
  const response = await send("get", "/api/events", { signal, after: last });
  onOpen();
  opened();
  if (!online.peek()) {
    online.value = true;
    tell({ kind: "missed" });
  }
  for await (const { id, event, data } of messagesIn(response)) {
    last = id ?? last;
    if (event === "reset") tell({ kind: "missed" });
    else tell(JSON.parse(data) as ServerEvent);
  }
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    const wake = () => done();
    function done() {
      clearTimeout(timer);
      window.removeEventListener("online", wake);
      stop.removeEventListener("abort", wake);
      resolve();
    }
    window.addEventListener("online", wake);
    stop.addEventListener("abort", wake);
  });
}

/** Resolves once the page can be seen. */
function seen(stop: AbortSignal): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (document.hidden && !stop.aborted) return;
      document.removeEventListener("visibilitychange", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    stop.addEventListener("abort", look, { once: true });
  });
}

function whenHidden(callback: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(callback, HIDDEN_MS);
  };
  document.addEventListener("visibilitychange", look);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", look);
  };
}
