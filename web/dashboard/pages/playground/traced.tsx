/** One call of the agent: what was given, sent, decided and answered. */
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Answer } from "#protocol";
import type { Call } from "#talk/talk.ts";
import { Badge, CopyIcon, duration, exactly, Facts, Skeleton, type Tone } from "#ui";
import { Console } from "#ui/console.tsx";
import { api } from "../../data/api.ts";
import { type Resource, resource, useResource } from "../../data/resource.ts";
import { may } from "../../data/session.ts";
import { InSandbox } from "./in-sandbox.tsx";
import type { Run } from "./state.ts";

type RunTrace = Answer<"/api/runs/{run_id}/trace", "get">;

interface TracedProps {
  call: Call;
  run: Run | undefined;
  waits: boolean;
}

export function Traced({ call, run, waits }: TracedProps) {
  return (
    <div class="stack tight">
      <Code title="Arguments" text={pretty(call.args) || "{}"} />
      {waits && <p class="small soft">Waits for an answer. Nothing has been sent yet.</p>}
      <InSandbox of={call} />
      {call.runId && may("read") && <Recorded key={call.runId} id={call.runId} of={run} />}
      {!call.runId && call.failed && (
        <p class="small soft">Refused before it became a run; nothing was sent.</p>
      )}
      {call.result !== undefined && (
        <Code
          title={run?.error || call.failed ? "What the agent was told" : "Result"}
          text={pretty(call.result)}
        />
      )}
    </div>
  );
}

function traceOf(id: string): Resource<RunTrace> {
  const found: Resource<RunTrace> = resource({
    async load(signal) {
      const known = found.value.peek();
      if (known?.run.finishedAt) return known;
      return api.get("/api/runs/{run_id}/trace", { path: { run_id: id }, signal });
    },
    on: ["run.changed"],
  });
  return found;
}

function Recorded({ id, of: run }: { id: string; of: Run | undefined }) {
  const one = useMemo(() => traceOf(id), [id]);
  const { value, error } = useResource(one);
  const trace = value.value;
  if (!trace) {
    if (error.value) return <p class="small soft">{error.value.message}</p>;
    return <Skeleton width="70%" />;
  }
  return (
    <>
      {trace.request ? (
        <Asked request={trace.request} />
      ) : (
        <p class="small soft">{trace.noRequest}</p>
      )}
      {trace.run.console && trace.run.console.length > 0 && <Console of={trace.run.console} />}
      <Facts of={factsOf(trace, run)} />
    </>
  );
}

function factsOf(trace: RunTrace, newer: Run | undefined): [string, ComponentChildren][] {
  const run = newer?.finishedAt ? newer : trace.run;
  const facts: [string, ComponentChildren][] = [
    ["Guard", <Guard key="guard" trace={trace} />],
    ["Confirmation", <Consent key="consent" of={trace.confirmation} />],
    ["Called", exactly(run.createdAt)],
  ];
  if (trace.confirmation?.answeredAt) {
    const { askedAt, answeredAt } = trace.confirmation;
    facts.push(["Waited", duration(Date.parse(answeredAt) - Date.parse(askedAt))]);
  }
  if (run.durationMs != null) facts.push(["Took", duration(run.durationMs)]);
  facts.push(["Run", <a href={`/runs/${run.id}`}>{run.status.replace("_", " ")}</a>]);
  return facts;
}

const VERDICTS: Record<RunTrace["verdict"], { tone: Tone; word: string; means: string }> = {
  allowed: { tone: "green", word: "allowed", means: "" },
  refused: { tone: "red", word: "refused", means: "" },
  no_address: { tone: "amber", word: "no address", means: "The name led to no address to judge." },
  not_asked: { tone: "plain", word: "not asked", means: "Nothing was sent." },
  unknown: { tone: "plain", word: "not known", means: "The record does not say." },
};

function Guard({ trace }: { trace: RunTrace }) {
  const { tone, word, means } = VERDICTS[trace.verdict];
  const host = hostOf(trace.request);
  const why = trace.verdict === "refused" ? trace.run.error?.message : means;
  return (
    <>
      <Badge tone={tone}>{word}</Badge> {host && <code>{host}</code>}
      {why && <p class="small soft">{why}</p>}
    </>
  );
}

function hostOf(request: RunTrace["request"]): string {
  const url = URL.parse(String(request?.["url"] ?? ""));
  return url?.host ?? "";
}

const CONSENT: Partial<Record<Run["status"], string>> = {
  confirm_required: "asked, not answered yet",
  denied: "denied",
  expired: "not answered in time",
  void: "void",
};

function Consent({ of: consent }: { of: RunTrace["confirmation"] }) {
  if (!consent) return <>not needed</>;
  const word = CONSENT[consent.status] ?? "confirmed";
  return (
    <>
      {word}
      {consent.answeredBy && ` by ${consent.answeredBy}`}
      <p class="small soft">
        {consent.answeredAt ? exactly(consent.answeredAt) : `expires ${exactly(consent.expiresAt)}`}
      </p>
    </>
  );
}

function Asked({ request }: { request: NonNullable<RunTrace["request"]> }) {
  // A card that is drawn out of the arguments alone asks nobody for anything.
  if (!("url" in request)) return <p class="small soft">It shows {String(request["widget"])}.</p>;
  if (request["method"] === "RUN") return <Place request={request} />;
  return <Code title="Request" text={written(request)} />;
}

/** What is run rather than sent; its arguments are told already. */
function Place({ request }: { request: NonNullable<RunTrace["request"]> }) {
  const command = "arguments" in request ? request["body"] : undefined;
  return (
    <>
      <p class="small soft">It runs in {String(request["url"])}.</p>
      {typeof command === "string" && <Code title="Command" text={command} />}
    </>
  );
}

function Code({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <div class="row">
        <h3 class="grow">{title}</h3>
        <CopyIcon text={text} label={`Copy: ${title.toLowerCase()}`} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <pre class="code-block" tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}

/** The request as it goes over the line, secrets by name. */
function written(request: NonNullable<RunTrace["request"]>): string {
  const headers = Object.entries((request["headers"] ?? {}) as Record<string, unknown>);
  const lines = [
    `${request["method"]} ${request["url"]}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const body = request["body"];
  return body === undefined ? lines.join("\n") : [...lines, "", pretty(String(body))].join("\n");
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
