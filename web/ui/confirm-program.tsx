/** What a call would run: a sentence, and the command where it is one. */

/** As the server tells it: hidden characters are spelled out. */
interface Told {
  says?: unknown;
  command?: unknown;
}

export function ConfirmProgram({ program }: { program: unknown }) {
  if (typeof program !== "object" || program === null) return null;
  const { says, command } = program as Told;
  return (
    <div class="confirm-card-program">
      <p>{String(says ?? "")}</p>
      {typeof command === "string" && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it
        <pre class="code-block" tabIndex={0}>
          {command}
        </pre>
      )}
    </div>
  );
}
