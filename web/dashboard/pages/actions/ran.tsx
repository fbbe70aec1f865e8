/** Client code tried in this browser: its lines of the console, and how it ended. */
import { Badge, Banner, duration, Skeleton } from "#ui";
import { Console } from "#ui/console.tsx";
import { indented } from "../../data/json.ts";
import { type Ended, type Line, runInSandbox } from "../../data/sandbox.ts";
import type { Tried } from "./answer.tsx";
import type { Draft } from "./draft.ts";
import { KINDS } from "./kinds.ts";

export interface RanCode {
  lines: readonly Line[];
  /** Not there while it runs. */
  ended?: Ended | undefined;
  tookMs?: number;
  /** The agent gets what it returns. */
  returns: boolean;
}

/** Run the code of a draft, and show each line as it comes. */
export async function runHere(
  { code, returns, timeout }: Draft,
  args: Record<string, unknown>,
  request: Tried["request"],
  show: (tried: Tried) => void,
): Promise<void> {
  let ran: RanCode = { lines: [], returns };
  const tell = (change: Partial<RanCode>) => {
    ran = { ...ran, ...change };
    show({ request, ran });
  };
  tell({});
  const began = performance.now();
  const timeoutS = Number(timeout) || (KINDS.client.timeout?.usual ?? 10);
  const ended = await runInSandbox({ code, args, timeoutS }, (line) =>
    tell({ lines: [...ran.lines, line] }),
  );
  tell({ ended, tookMs: performance.now() - began });
}

export function Ran({ of, stale }: { of: RanCode; stale: boolean }) {
  const { ended, tookMs, returns } = of;
  return (
    <div class="stack tight actions-answer">
      <div class="row wrap">
        {ended ? (
          <Badge dot tone={ended.ok ? "green" : "red"}>
            {ended.ok ? "Worked" : "Failed"}
          </Badge>
        ) : (
          <Badge tone="blue">Running</Badge>
        )}
        <span class="small soft num grow">{tookMs !== undefined && duration(tookMs)}</span>
      </div>
      {stale && <p class="small soft">The action was changed since.</p>}
      {ended?.ok === false && <Banner kind="bad">{ended.error}</Banner>}
      {of.lines.length > 0 && <Console of={of.lines} />}
      {!ended && <Skeleton width="40%" />}
      {ended?.ok && <Returned value={ended.result} returns={returns} />}
    </div>
  );
}

function Returned({ value, returns }: { value: unknown; returns: boolean }) {
  return (
    <>
      <p class="small soft">
        {returns
          ? "The agent gets what it returned:"
          : "The agent only hears that it was started. It returned:"}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it */}
      <pre class="code-block" tabIndex={0}>
        {indented(value)}
      </pre>
    </>
  );
}
