/** What a test sends: a request with secrets by name, or what goes into a sandbox. */
import type { ComponentChildren } from "preact";
import { CopyButton } from "#ui";
import { indented, isObject, parsed } from "../../data/json.ts";

export type Request = Readonly<Record<string, unknown>>;

/** It is run rather than sent. */
export function isRun(request: Request): boolean {
  return request["method"] === "RUN";
}

export function Sent({ request }: { request: Request }) {
  const { method, url, headers, body, ...rest } = request;
  if (typeof url !== "string") return <Block text={indented(request)} />;
  if (isRun(request)) return <Given request={request} />;
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

/** The code itself stands in the editor. */
function Given({ request: { url, body, arguments: named } }: { request: Request }) {
  return (
    <div class="stack tight actions-sent">
      <p class="small soft">This went into {String(url)}:</p>
      {typeof body === "string" && body !== "" && <Block text={pretty(body)} />}
      {named !== undefined && <Block text={indented(named)} />}
    </div>
  );
}

export function Block({ text }: { text: string }) {
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

export function pretty(text: string): string {
  const value = parsed(text);
  return typeof value === "object" && value !== null ? indented(value) : text;
}
