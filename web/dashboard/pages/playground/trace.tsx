/** What the agent does: its turns, and each call with all that is known of it. */
import { useSignal } from "@preact/signals";
import { CircleAlert, CircleCheck, CirclePause, ListTree } from "lucide-preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { type Call, callsOf, type Turn } from "#talk/talk.ts";
import { Badge, Button, duration, EmptyState, type Tone } from "#ui";
import { type Run, runs, talk } from "./state.ts";
import { tokens } from "./tokens.ts";
import { Traced } from "./traced.tsx";

// More than anybody reads at once; the others are one click away.
const DRAWN = 60;

export function Trace() {
  const more = useSignal(0);
  const { usage, turns, pending } = talk.value;
  const calls = callsOf(talk.value);
  const waiting = new Set(pending.map((one) => one.callId));
  const drawn = calls.slice(-(DRAWN + more.value));
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: again with each further call
  useLayoutEffect(() => {
    // The newest comes into sight.
    const { current } = list;
    const last = current?.lastElementChild;
    if (current && last instanceof HTMLElement)
      current.scrollTop = last.offsetTop - current.offsetTop;
  }, [calls.length]);
  const byId = new Map(turns.map((one) => [one.id, one]));
  return (
    <aside class="card playground-trace" aria-label="Trace">
      <div class="card-head">
        <h2>Trace</h2>
        {turns.length > 0 && <span class="small soft num">{tokens(usage)}</span>}
      </div>
      {calls.length === 0 ? (
        <EmptyState icon={ListTree} title="No calls yet">
          Calls of the agent appear here as it makes them, with what was given and what came back.
        </EmptyState>
      ) : (
        <ol ref={list}>
          {drawn.length < calls.length && (
            <li class="playground-more">
              <Button
                size="small"
                onClick={() => {
                  more.value += DRAWN;
                }}
              >
                Show earlier calls
              </Button>
            </li>
          )}
          {drawn.map((call, at) => [
            call.turn !== drawn[at - 1]?.turn && call.turn && (
              <TurnHead key={call.turn} turn={byId.get(call.turn)} />
            ),
            <OneCall
              key={call.id}
              call={call}
              run={runs.value.get(call.runId ?? "")}
              waits={waiting.has(call.id)}
              open={at === drawn.length - 1}
            />,
          ])}
        </ol>
      )}
    </aside>
  );
}

function TurnHead({ turn }: { turn: Turn | undefined }) {
  if (!turn) return null;
  const tookMs = turn.endedAt && Date.parse(turn.endedAt) - Date.parse(turn.startedAt);
  return (
    <li class="playground-turn small soft">
      <span class="grow clip">
        {turn.model ? <code>{turn.model}</code> : "No model"}
        {turn.chosen && " (chosen)"}
      </span>
      {tookMs ? <span class="num">{duration(tookMs)}</span> : null}
      <span class="num">{turn.endedAt ? tokens(turn.usage) : "under way"}</span>
    </li>
  );
}

interface OneCallProps {
  call: Call;
  run: Run | undefined;
  waits: boolean;
  open: boolean;
}

function OneCall({ call, run, waits, open }: OneCallProps) {
  // As the person left it; until then only the newest is open.
  const wanted = useSignal<boolean | undefined>(undefined);
  const shown = wanted.value ?? open;
  const { mark: Mark, tone, word } = STATES[stateOf(call, run, waits)];
  const tookMs = run?.durationMs ?? (run?.confirmationId ? undefined : between(call));
  return (
    <li>
      <details
        open={shown}
        onToggle={(event) => {
          if (event.currentTarget.open !== shown) wanted.value = event.currentTarget.open;
        }}
      >
        <summary>
          {Mark ? <Mark class={`icon ${tone}`} size={16} /> : <span class="spinner" />}
          <code class="grow clip">{call.tool}</code>
          {tookMs != null && <span class="small soft num">{duration(tookMs)}</span>}
          <Badge tone={tone}>{word}</Badge>
        </summary>
        {shown && <Traced call={call} run={run} waits={waits} />}
      </details>
    </li>
  );
}

const REFUSED: ReadonlySet<string> = new Set(["denied", "expired", "void"]);
const BROKEN: ReadonlySet<string> = new Set(["failed", "unknown"]);

type State = "calling" | "waiting" | "denied" | "failed" | "done";

function stateOf(call: Call, run: Run | undefined, waits: boolean): State {
  if (waits) return "waiting";
  if (run && REFUSED.has(run.status)) return "denied";
  if (call.result === undefined) return "calling";
  return call.failed || BROKEN.has(run?.status ?? "") ? "failed" : "done";
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
