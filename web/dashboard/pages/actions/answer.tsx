/** What a test shows: the request as it goes out, what came back, and what of it a model sees. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Schemas } from "#protocol";
import { Badge, Banner, CopyButton, duration, Tabs } from "#ui";
import { WidgetCard } from "#widget/card.tsx";
import { indented, isObject, parsed } from "../../data/json.ts";
import { Ran, type RanCode } from "./ran.tsx";

export interface Tried {
  request: Readonly<Record<string, unknown>>;
  /** Undefined: only shown, not sent. */
  answer?: Schemas["TestAnswer"] | undefined;
  /** Client code, which runs in this browser. */
  ran?: RanCode | undefined;
}

/** Characters of an answer that the server tells. */
const SHOWN_AT_MOST = 20_000;

type View = "card" | "request" | "raw" | "seen";

const VIEWS: readonly { key: View; label: string }[] = [
  { key: "card", label: "Card" },
  { key: "raw", label: "Raw result" },
  { key: "seen", label: "The model sees" },
  { key: "request", label: "Request" },
];

export function Result({ of, stale }: { of: Tried; stale: boolean }) {
  const { answer, request } = of;
  const picked = useSignal<View | undefined>(undefined);
  if (of.ran) return <Ran of={of.ran} stale={stale} />;
  const views = VIEWS.filter(({ key }) => isThere(key, of));
  const view = views.find(({ key }) => key === picked.value)?.key ?? views[0]?.key ?? "request";
  return (
    <div class="stack tight actions-answer">
      <div class="row wrap">
        {answer ? <Verdict of={answer} /> : <Badge tone="blue">Dry run</Badge>}
        <span class="small soft num grow">
          {answer ? duration(answer.durationMs) : "Nothing was sent."}
        </span>
      </div>
      {stale && <p class="small soft">The action was changed since.</p>}
      {answer?.error && <Banner kind="bad">{answer.error}</Banner>}
      {answer?.note && <Banner kind="warn">{answer.note}</Banner>}
      {answer ? (
        <Tabs
          label="Result"
          tabs={views}
          selected={view}
          onSelect={(key) => {
            picked.value = key;
          }}
        >
          {view === "card" && answer.widget && <Shown of={answer.widget} />}
          {view === "request" && <Sent request={answer.request ?? request} />}
          {view === "raw" && <Raw of={answer} />}
          {view === "seen" && <Seen of={answer} />}
        </Tabs>
      ) : (
        <Sent request={request} />
      )}
    </div>
  );
}

/** A call of nothing has neither a request nor a raw answer. */
function isThere(view: View, { answer, request }: Tried): boolean {
  if (view === "card") return answer?.widget != null;
  if (view === "raw") return answer?.received != null;
  return view === "seen" || "url" in (answer?.request ?? request);
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
  return (
    <>
      <Badge dot tone={of.ok ? "green" : "red"}>
        {of.ok ? "Worked" : "Failed"}
      </Badge>
      {typeof status === "number" && <Badge>HTTP {status}</Badge>}
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

/** A request, with secrets by name. */
function Sent({ request }: { request: Readonly<Record<string, unknown>> }) {
  const { method, url, headers, body, ...rest } = request;
  if (typeof url !== "string") return <Block text={indented(request)} />;
  const named = isObject(headers) ? Object.entries(headers) : [];
  const more = Object.keys(rest).length > 0 ? indented(rest) : "";
  return (
    <div class="stack tight actions-sent">
      <div class="code-block">
        <strong>{String(method)}</strong> <Masked text={url} />
      </div>
      {named.length > 0 && (
        <dl class="code-block actions-sent-headers" aria-label="Headers">
          {named.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <Masked text={String(value)} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {typeof body === "string" && body !== "" && <Block text={pretty(body)} />}
      {more && <Block text={more} />}
    </div>
  );
}

function Block({ text }: { text: string }) {
  return (
    <div class="actions-block">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it */}
      <pre class="code-block" tabIndex={0}>
        <Masked text={text} />
      </pre>
      <CopyButton text={text} />
    </div>
  );
}

/** Text with the names of secrets set apart. */
function Masked({ text }: { text: string }): ComponentChildren {
  return text
    .split(/(‹secret[^›]*›)/)
    .map((part, index) => (index % 2 ? <mark key={index}>{part}</mark> : part));
}

function pretty(text: string): string {
  const value = parsed(text);
  return typeof value === "object" && value !== null ? indented(value) : text;
}
