/** Counts of runs as a chart shows them: one bucket an hour or a day, empty ones too. */
import type { Answer } from "#protocol";

export type Counts = Answer<"/api/runs/over-time", "get">;
export type Range = "day" | "week" | "month";
export type Kind = "failed" | "idle" | "waiting" | "succeeded";

export interface Bucket extends Readonly<Record<Kind, number>> {
  atMs: number;
  total: number;
  averageMs: number | null;
}

interface RangeFacts {
  label: string;
  step: "hour" | "day";
  steps: number;
}

export const RANGES: Readonly<Record<Range, RangeFacts>> = {
  day: { label: "24 hours", step: "hour", steps: 24 },
  week: { label: "7 days", step: "hour", steps: 168 },
  month: { label: "30 days", step: "day", steps: 30 },
};

/** In the order they are stacked: what went wrong stands on the ground line. */
export const KINDS: readonly Kind[] = ["failed", "idle", "waiting", "succeeded"];

export const STEP_MS = { hour: 3_600_000, day: 86_400_000 } as const;

/** The word of an address as a range; a day if it is none. */
export function asRange(text: string | null): Range {
  return text !== null && Object.hasOwn(RANGES, text) ? (text as Range) : "day";
}

/** Every bucket from the first to the last, oldest first. */
export function bucketsOf({ since, until, counts }: Counts, stepMs: number): readonly Bucket[] {
  const told = new Map(counts.map((one) => [Date.parse(one.at), one]));
  const [first, last] = [Date.parse(since), Date.parse(until)];
  const length = Math.round((last - first) / stepMs) + 1;
  return Array.from({ length }, (_, index) => {
    const atMs = first + index * stepMs;
    const one = told.get(atMs);
    return bucket(atMs, one?.runs ?? {}, one?.averageMs ?? null);
  });
}

function bucket(
  atMs: number,
  runs: Counts["counts"][number]["runs"],
  averageMs: number | null,
): Bucket {
  const { failed = 0, unknown = 0, denied = 0, expired = 0, succeeded = 0 } = runs;
  const waiting = runs["confirm_required"] ?? 0;
  const idle = denied + expired + (runs["void"] ?? 0);
  const wrong = failed + unknown;
  const total = succeeded + wrong + idle + waiting;
  return { atMs, total, averageMs, failed: wrong, idle, waiting, succeeded };
}

/** All of them as one. */
export function sumOf(buckets: readonly Bucket[]): Bucket {
  const sum = (kind: Kind | "total") => buckets.reduce((all, one) => all + one[kind], 0);
  const ran = buckets.map((one) => one.succeeded + one.failed);
  const times = buckets.reduce((all, one, at) => all + (one.averageMs ?? 0) * (ran[at] ?? 0), 0);
  const runs = ran.reduce((all, one) => all + one, 0);
  return {
    atMs: buckets[0]?.atMs ?? 0,
    total: sum("total"),
    averageMs: runs > 0 ? times / runs : null,
    failed: sum("failed"),
    idle: sum("idle"),
    waiting: sum("waiting"),
    succeeded: sum("succeeded"),
  };
}
