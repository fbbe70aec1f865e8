/** What code wrote to its console, and what a command printed. */
import "./styles/console.css";
import { Badge } from "./content.tsx";
import { CopyIcon } from "./copy-icon.tsx";
import { type ConsoleLine, consoleText, type Printed } from "./printed.ts";

// More than anybody reads; a copy has them all.
const DRAWN = 400;

/** The lines under a heading, to be copied. */
export function Console({ of: lines }: { of: readonly ConsoleLine[] }) {
  return (
    <section class="console">
      <h3>Console</h3>
      <CopyIcon text={consoleText(lines)} label="Copy the console" />
      <ConsoleLines of={lines} />
    </section>
  );
}

/** The lines in the colours of their levels. */
export function ConsoleLines({ of: lines }: { of: readonly ConsoleLine[] }) {
  const further = lines.length - DRAWN;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it
    <ol class="code-block console-lines" tabIndex={0} aria-label="Console">
      {lines.slice(0, DRAWN).map(({ level, text }, at) => (
        <li key={at} class={level}>
          <span>{level}</span> <code>{text}</code>
        </li>
      ))}
      {further > 0 && (
        <li>
          <span /> <code>{further.toLocaleString("en")} more; a copy has them all.</code>
        </li>
      )}
    </ol>
  );
}

export function ExitCode({ of: code }: { of: number }) {
  return <Badge tone={code === 0 ? "plain" : "amber"}>exit code {code}</Badge>;
}

export function PrintedOutput({ of: { stdout, stderr, truncated } }: { of: Printed }) {
  return (
    <div class="stack tight">
      <Stream name="Standard output" text={stdout} />
      {stderr && <Stream name="Standard error" text={stderr} />}
      {truncated && <p class="small soft">Cut at 64 KiB; what came after it was not kept.</p>}
    </div>
  );
}

function Stream({ name, text }: { name: string; text: string }) {
  if (!text) return <p class="small soft">It printed nothing.</p>;
  return (
    <section class="console">
      <h3>{name}</h3>
      <CopyIcon text={text} label={`Copy: ${name.toLowerCase()}`} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the same */}
      <pre class="code-block" tabIndex={0}>
        {text}
      </pre>
    </section>
  );
}
