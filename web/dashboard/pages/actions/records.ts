/** How each action fared lately, kept fresh as runs happen. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Schemas } from "#protocol";
import { api } from "../../data/api.ts";
import { listen } from "../../data/events.ts";

export type ActionRecord = Schemas["ActionRecord"];

/** By the action's id; not there before the first answer. An action without a run has none. */
export const records = signal<ReadonlyMap<string, ActionRecord> | undefined>(undefined);

// More actions at once than this, and all are asked for.
const SINGLY = 100;
const SETTLE_MS = 400;

/** Keep the records fresh while the component is drawn. */
export function useRecords(): void {
  useEffect(watch, []);
}

function watch(): () => void {
  const stop = new AbortController();
  let called: Set<string> | undefined = new Set();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const soon = () => {
    // Not put off by further events: a busy server is followed too.
    timer ??= setTimeout(ask, SETTLE_MS);
  };
  const ask = async () => {
    const wanted = called;
    called = new Set();
    try {
      await load(wanted, stop.signal);
    } catch {
      // The frame tells of a server that does not answer; the next event asks again.
      called = undefined;
    } finally {
      timer = undefined;
      if (!stop.signal.aborted && called?.size) soon();
    }
  };
  load(undefined, stop.signal).catch(() => {
    called = undefined;
  });
  const unlisten = listen((heard) => {
    if (heard.kind === "missed") called = undefined;
    else if (heard.kind === "run.started" || heard.kind === "run.changed")
      called?.add(String(heard.data["actionId"]));
    else return;
    soon();
  });
  return () => {
    unlisten();
    clearTimeout(timer);
    stop.abort();
  };
}

async function load(wanted: ReadonlySet<string> | undefined, signal: AbortSignal): Promise<void> {
  const before = records.peek();
  const some = before && wanted && wanted.size <= SINGLY;
  const query = some ? { action: [...wanted].join(",") } : {};
  const { actions } = await api.get("/api/runs/by-action", { query, signal });
  const told = actions.map((one) => [one.actionId, one] as const);
  records.value = new Map(some ? [...before, ...told] : told);
}

/** Of its newest runs, how many in a hundred failed; undefined if it has not run. */
export function errorRate(record: ActionRecord | undefined): number | undefined {
  return record && record.calls > 0 ? (100 * record.failed) / record.calls : undefined;
}

/** `0%`, `<1%`, `4%`. */
export function percent(rate: number): string {
  return rate > 0 && rate < 1 ? "<1%" : `${Math.round(rate)}%`;
}
