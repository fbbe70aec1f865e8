/** Which recorded run belongs to which call of the agent. */
import type { Run } from "./chat.ts";
import type { Call } from "./talk.ts";

// Run and call are written one after the other, by clocks that tick in milliseconds.
const SLACK_MS = 250;

/** Pair by tool, in order, where the run began while the call was open; others have none. */
export function pairsOf(calls: readonly Call[], runs: readonly Run[]): Map<string, Run> {
  const left = [...runs];
  const found = new Map<string, Run>();
  for (const { id, tool, startedMs, answeredMs = Number.POSITIVE_INFINITY } of calls) {
    const at = left.findIndex((run) => {
      const createdMs = Date.parse(run.createdAt);
      const inTime = createdMs >= startedMs - SLACK_MS && createdMs <= answeredMs + SLACK_MS;
      return run.tool === tool && inTime;
    });
    const run = left[at];
    if (!run) continue;
    found.set(id, run);
    left.splice(at, 1);
  }
  return found;
}
