/** What client code did in the sandbox, in the trace of its call. */
import type { Call } from "#talk/talk.ts";
import { Console } from "#ui/console.tsx";
import type { Sandboxed } from "./client-calls.ts";
import { sandboxed } from "./state.ts";

export function InSandbox({ of: call }: { of: Call }) {
  const found = foundFor(call, sandboxed.value);
  if (!found) return null;
  const { lines, ended } = found;
  return (
    <section>
      <h3>In the sandbox</h3>
      <p class="small soft">
        {ended ? "Ran" : "Runs"} in an empty frame of this tab. On your site it runs in the
        visitor’s page.
      </p>
      {lines.length > 0 && <Console of={lines} />}
      {ended?.ok === false && <p class="small playground-threw">{ended.error}</p>}
    </section>
  );
}

/** While a call runs, the stream has not told which run it is: it is the one of its tool. */
function foundFor(call: Call, all: ReadonlyMap<string, Sandboxed>): Sandboxed | undefined {
  if (call.runId) return all.get(call.runId);
  if (call.result !== undefined) return undefined;
  return [...all.values()].findLast((one) => one.tool === call.tool && !one.ended);
}
