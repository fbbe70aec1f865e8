/** Differences, one place a line: what was, what is. */
import type { Difference } from "./differences.ts";

interface ChangesProps {
  of: readonly Difference[];
  before: string;
  after: string;
}

export function Changes({ of, before, after }: ChangesProps) {
  if (of.length === 0) return <p class="soft">Nothing differs.</p>;
  return (
    <dl class="actions-changes">
      {of.map((one) => (
        <div key={one.path}>
          <dt>
            <code>{one.path}</code>
          </dt>
          {one.before !== undefined && (
            <dd class="old">
              <span class="unseen">{before}: </span>
              {one.before}
            </dd>
          )}
          {one.after !== undefined && (
            <dd class="new">
              <span class="unseen">{after}: </span>
              {one.after}
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
