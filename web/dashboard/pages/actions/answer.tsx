/** What a test shows: the request as it goes out, what came back, and what of it a model sees. */
import { useSignal } from "@preact/signals";
import type { Schemas } from "#protocol";
import { Badge, Banner, duration, Tabs } from "#ui";
import { Console, ExitCode, PrintedOutput } from "#ui/console.tsx";
import { printedOf } from "#ui/printed.ts";
import { WidgetCard } from "#widget/card.tsx";
import { indented, isObject } from "../../data/json.ts";
import { Ran, type RanCode } from "./ran.tsx";
import { Block, isRun, pretty, type Request, Sent } from "./sent.tsx";

export interface Tried {
  request: Request;
  /** Undefined: only shown, not sent. */
  answer?: Schemas["TestAnswer"] | undefined;
  /** Client code, which runs in this browser. */
  ran?: RanCode | undefined;
}

/** Characters of an answer that the server tells. */
const SHOWN_AT_MOST = 20_000;

type View = "card" | "printed" | "raw" | "seen" | "request" | "given";

const VIEWS: readonly { key: View; label: string }[] = [
  { key: "card", label: "Card" },
  { key: "printed", label: "Output" },
  { key: "raw", label: "Raw result" },
  { key: "seen", label: "The model sees" },
  { key: "request", label: "Request" },
  { key: "given", label: "What went in" },
];

export function Result({ of, stale }: { of: Tried; stale: boolean }) {
  const { answer, request } = of;
  if (of.ran) return <Ran of={of.ran} stale={stale} />;
  return (
    <div class="stack tight actions-answer">
      <div class="row wrap">
        {answer ? <Verdict of={answer} /> : <Badge tone="blue">Dry run</Badge>}
        <span class="small soft num grow">
          {answer ? duration(answer.durationMs) : "Nothing was sent."}
        </span>
      </div>
      {stale && <p class="small soft">The action was changed since.</p>}
      {answer?.error && !printedOf(answer.result) && <Banner kind="bad">{answer.error}</Banner>}
      {answer?.note && <Banner kind="warn">{answer.note}</Banner>}
      {answer ? <Views answer={answer} request={request} /> : <Sent request={request} />}
      {answer?.console && answer.console.length > 0 && <Console of={answer.console} />}
    </div>
  );
}

interface ViewsProps {
  answer: Schemas["TestAnswer"];
  request: Request;
}

function Views({ answer, request }: ViewsProps) {
  const picked = useSignal<View | undefined>(undefined);
  const asked = answer.request ?? request;
  const printed = printedOf(answer.result);
  const views = VIEWS.filter(({ key }) => isThere(key, answer, asked));
  const view = views.find(({ key }) => key === picked.value)?.key ?? views[0]?.key ?? "request";
  return (
    <Tabs
      label="Result"
      tabs={views}
      selected={view}
      onSelect={(key) => {
        picked.value = key;
      }}
    >
      {view === "card" && answer.widget && <Shown of={answer.widget} />}
      {view === "printed" && printed && <PrintedOutput of={printed} />}
      {(view === "request" || view === "given") && <Sent request={asked} />}
      {view === "raw" && <Raw of={answer} />}
      {view === "seen" && <Seen of={answer} />}
    </Tabs>
  );
}

/** A call of nothing has neither a request nor a raw answer. */
function isThere(view: View, { widget, result, received }: ViewsProps["answer"], asked: Request) {
  switch (view) {
    case "card":
      return widget != null;
    case "printed":
      return printedOf(result) !== undefined;
    case "raw":
      return received != null;
    case "seen":
      return true;
    case "request":
    case "given":
      return "url" in asked && isRun(asked) === (view === "given");
  }
}

function Shown({ of: { name, card } }: { of: NonNullable<Schemas["TestAnswer"]["widget"]> }) {
  return (
    <div class="actions-card">
      <WidgetCard card={card} spoken="" label={name} />
    </div>
  );
}

function Verdict({ of }: { of: Schemas["TestAnswer"] }) {
  const status = isObject(of.result) ? of.result["http_status"] : undefined;
  const printed = printedOf(of.result);
  return (
    <>
      <Badge dot tone={of.ok ? "green" : "red"}>
        {of.ok ? "Worked" : "Failed"}
      </Badge>
      {typeof status === "number" && <Badge>HTTP {status}</Badge>}
      {printed && <ExitCode of={printed.exit_code} />}
    </>
  );
}

function Raw({ of }: { of: Schemas["TestAnswer"] }) {
  const text = of.received;
  if (text === undefined || text === null) return <p class="small soft">Nothing came back.</p>;
  return (
    <>
      <p class="small soft">
        {text.length < SHOWN_AT_MOST
          ? "What the API answered, before anything is picked or left out."
          : "The first 20,000 characters of what the API answered, before anything is picked."}
      </p>
      <Block text={pretty(text) || "(empty)"} />
    </>
  );
}

function Seen({ of }: { of: Schemas["TestAnswer"] }) {
  if (of.result === undefined || of.result === null)
    return <p class="small soft">The model is only told that the call failed, and why.</p>;
  const size = JSON.stringify(of.result).length.toLocaleString("en");
  const result: unknown = of.result;
  const { data, truncated } = isObject(result) ? result : {};
  return (
    <>
      <p class="small soft">
        {size} characters{truncated ? ": cut, the first 20,000 of a longer answer." : "."}
      </p>
      {data === null && (
        <Banner kind="warn">
          “Keep from the answer” finds nothing in this answer. Look at the raw result for the right
          path.
        </Banner>
      )}
      <Block text={indented(result)} />
    </>
  );
}
