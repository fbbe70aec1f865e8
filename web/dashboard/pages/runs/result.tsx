/** What a run was given and what came of it, as text. */
import { Card, CopyButton } from "#ui";
import { PrintedOutput } from "#ui/console.tsx";
import { printedOf } from "#ui/printed.ts";
import { isOpen, type Run } from "./words.ts";

export function Result({ run }: { run: Run }) {
  const printed = printedOf(run.result);
  if (!printed) return <Value title="Result" of={run.result} none={noResult(run)} />;
  return (
    <Card title="Output">
      <PrintedOutput of={printed} />
    </Card>
  );
}

function noResult(run: Run): string {
  return isOpen(run) ? "There is none yet." : "Nothing came back.";
}

export function Value({ title, of: value, none }: { title: string; of: unknown; none: string }) {
  const text = textOf(value);
  return (
    <Card
      title={title}
      actions={text && <CopyButton text={text} label={`Copy ${title.toLowerCase()}`} />}
    >
      {text ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
        <pre class="code-block runs-value" tabIndex={0}>
          {text}
        </pre>
      ) : (
        <p class="soft">{none}</p>
      )}
    </Card>
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "object" && Object.keys(value).length === 0) return "";
  return JSON.stringify(value, null, 2);
}
