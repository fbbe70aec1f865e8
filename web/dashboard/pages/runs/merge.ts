/** What is left of the loaded runs when the newest ones arrive. */
import type { RunRow } from "./words.ts";

export interface Loaded {
  runs: readonly RunRow[];
  next: string | null;
}

/**
 * Put the newest page in front of what is loaded below it; `undefined` if runs in between are not
 * known, so that the list has to begin anew.
 */
export function withNewest(loaded: Loaded, newest: Loaded): Loaded | undefined {
  if (newest.next === null) return newest;
  const fresh = new Set(newest.runs.map((run) => run.id));
  const last = newest.runs.at(-1);
  const from = loaded.runs.findIndex((run) => run.id === last?.id);
  if (from < 0) return undefined;
  const older = loaded.runs.slice(from + 1).filter((run) => !fresh.has(run.id));
  return { runs: [...newest.runs, ...older], next: loaded.next };
}

/** Add the page after what is loaded. */
export function withOlder(loaded: Loaded, older: Loaded): Loaded {
  const known = new Set(loaded.runs.map((run) => run.id));
  return {
    runs: [...loaded.runs, ...older.runs.filter((run) => !known.has(run.id))],
    next: older.next,
  };
}

/** Show what became of one run. */
export function withOne(loaded: Loaded, one: RunRow, fits: boolean): Loaded {
  const runs = fits
    ? loaded.runs.map((run) => (run.id === one.id ? one : run))
    : loaded.runs.filter((run) => run.id !== one.id);
  return { ...loaded, runs };
}
