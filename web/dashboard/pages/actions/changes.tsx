/** Differences, one place a line: what was, what is. */
import { type Difference, linesOf } from "./differences.ts";

interface ChangesProps {
  of: readonly Difference[];
  before: string;
  after: string;
}

export function Changes({ of, before, after }: ChangesProps) {
  if (of.length === 0) return <p class="small soft">Nothing differs.</p>;
  return (
    <dl class="actions-changes">
      {of.map((one) => (
        <div key={one.path}>
          <dt title={one.path}>{one.label}</dt>
          <Values of={one} before={before} after={after} />
        </div>
      ))}
    </dl>
  );
}

function Values({ of, before, after }: { of: Difference; before: string; after: string }) {
  const long = of.before?.includes("\n") || of.after?.includes("\n");
  if (long && of.before !== undefined && of.after !== undefined) {
    return (
      <dd class="actions-lines">
        {linesOf(of.before, of.after).map(({ kind, text }, index) => (
          <span key={index} class={kind}>
            {kind !== "same" && <span class="unseen">{kind === "old" ? before : after}: </span>}
            {text || " "}
          </span>
        ))}
      </dd>
    );
  }
  return (
    <>
      {of.before !== undefined && (
        <dd class="old">
          <span class="unseen">{before}: </span>
          {of.before || "(empty)"}
        </dd>
      )}
      {of.after !== undefined && (
        <dd class="new">
          <span class="unseen">{after}: </span>
          {of.after || "(empty)"}
        </dd>
      )}
    </>
  );
}
