/** The counts behind the chart, asked for again as runs happen. */
import { type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { type ApiError, api, asApiError } from "../../data/api.ts";
import { listen } from "../../data/events.ts";
import { type Bucket, bucketsOf, RANGES, type Range, STEP_MS } from "./buckets.ts";
import type { Filter } from "./feed.ts";

export interface Figures {
  readonly buckets: ReadonlySignal<readonly Bucket[] | undefined>;
  readonly error: ReadonlySignal<ApiError | undefined>;
}

// A busy server is asked this often, however much happens.
const PAUSE_MS = 2_000;

/** Count what the list shows, whatever its status: the chart tells statuses apart. */
export function useFigures({ action, trigger, conversationId }: Filter, range: Range): Figures {
  const figures = useMemo(
    () => follow({ action, trigger, conversationId }, range),
    [action, trigger, conversationId, range],
  );
  useEffect(() => figures.watch(), [figures]);
  return figures;
}

type Which = Pick<Filter, "action" | "trigger" | "conversationId">;

function follow(which: Which, range: Range): Figures & { watch: () => () => void } {
  const { step, steps } = RANGES[range];
  const buckets = signal<readonly Bucket[] | undefined>(undefined);
  const error = signal<ApiError | undefined>(undefined);
  const watch = () => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      timer = undefined;
      try {
        const query = { ...which, step, steps };
        const counts = await api.get("/api/runs/over-time", { query, signal: stop.signal });
        buckets.value = bucketsOf(counts, STEP_MS[step]);
        error.value = undefined;
      } catch (fault) {
        if (!stop.signal.aborted) error.value = asApiError(fault);
      }
    };
    const unlisten = listen(({ kind }) => {
      if (kind === "missed" || kind === "run.changed") timer ??= setTimeout(ask, PAUSE_MS);
    });
    ask();
    return () => {
      unlisten();
      clearTimeout(timer);
      stop.abort();
    };
  };
  return { buckets, error, watch };
}
