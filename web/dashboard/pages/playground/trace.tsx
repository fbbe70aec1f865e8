/** What the agent does: each call with its arguments, its result and its times. */
import { CircleAlert, CircleCheck, CirclePause, ListTree } from "lucide-preact";
import { Badge, duration, EmptyState, Facts, type Tone } from "#ui";
import { type Run, runs, talk } from "./chat.ts";
import { pairsOf } from "./pairs.ts";
import { type Call, callsOf } from "./talk.ts";

export function Trace() {
  const calls = callsOf(talk.value);
  const made = pairsOf(calls, runs.value);
  const waiting = new Set(talk.value.pending.map((one) => one.callId));
  return (
    <aside class="card playground-trace" aria-label="Trace">
      <div class="card-head">
        <h2>Trace</h2>
        {calls.length > 0 && (
          <span class="small soft">
            {calls.length} {calls.length === 1 ? "call" : "calls"}
          </span>
        )}
      </div>
      {calls.length === 0 ? (
        <EmptyState icon={ListTree} title="No calls yet">
          Calls of the agent appear here as it makes them, with what was given and what came back.
        </EmptyState>
      ) : (
        <ol>
          {calls.map((call, at) => (
            <OneCall
              key={call.id}
              call={call}
              run={made.get(call.id)}
              waits={waiting.has(call.id)}
              open={at === calls.length - 1}
            />
          ))}
        </ol>
      )}
    </aside>
  );
}

interface OneCallProps {
  call: Call;
  run: Run | undefined;
  waits: boolean;
  open: boolean;
}

function OneCall({ call, run, waits, open }: OneCallProps) {
  const { mark: Mark, tone, word } = STATES[stateOf(call, run, waits)];
  const tookMs = run?.durationMs ?? (run?.confirmationId ? undefined : between(call));
  return (
    <li>
      <details open={open}>
        <summary>
          {Mark ? <Mark class={`icon ${tone}`} size={16} /> : <span class="spinner" />}
          <code class="grow clip">{call.tool}</code>
          {tookMs !== undefined && <span class="small soft num">{duration(tookMs)}</span>}
          <Badge tone={tone}>{word}</Badge>
        </summary>
        <div class="stack tight">
          <h3>Arguments</h3>
          <pre class="code-block">{pretty(call.args) || "{}"}</pre>
          {call.result !== undefined && (
            <>
              <h3>{run?.error || call.failed ? "What the agent was told" : "Result"}</h3>
              <pre class="code-block">{pretty(call.result)}</pre>
            </>
          )}
          {waits && <p class="small soft">Waits for an answer. Nothing has been sent yet.</p>}
          {run && <Recorded run={run} />}
        </div>
      </details>
    </li>
  );
}

function Recorded({ run }: { run: Run }) {
  const asked = run.confirmationId ? CONFIRMED[run.status] : "not needed";
  return (
    <Facts
      of={[
        ["Confirmation", asked ?? "given"],
        ["Run", <a href={`/runs/${run.id}`}>{run.status.replace("_", " ")}</a>],
      ]}
    />
  );
}

const CONFIRMED: Partial<Record<Run["status"], string>> = {
  confirm_required: "asked for",
  denied: "denied",
  expired: "not given in time",
  void: "void: the action was changed",
};

type State = "calling" | "waiting" | "denied" | "failed" | "done";

function stateOf(call: Call, run: Run | undefined, waits: boolean): State {
  if (waits) return "waiting";
  if (run && run.status in CONFIRMED && run.status !== "confirm_required") return "denied";
  if (call.result === undefined) return "calling";
  return call.failed || run?.status === "failed" || run?.status === "unknown" ? "failed" : "done";
}

const STATES: Record<State, { mark: typeof ListTree | undefined; tone: Tone; word: string }> = {
  calling: { mark: undefined, tone: "blue", word: "calling" },
  waiting: { mark: CirclePause, tone: "amber", word: "waits" },
  denied: { mark: CircleAlert, tone: "plain", word: "not sent" },
  failed: { mark: CircleAlert, tone: "red", word: "failed" },
  done: { mark: CircleCheck, tone: "green", word: "done" },
};

function between({ startedMs, answeredMs }: Call): number | undefined {
  return answeredMs === undefined ? undefined : Math.max(0, answeredMs - startedMs);
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
