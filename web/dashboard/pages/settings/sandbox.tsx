/** What keeps code and commands in bounds here, or why they do not run. */
import { Badge, Card, type Tone } from "#ui";
import type { Isolation } from "../../data/health.ts";

const KINDS: Readonly<Record<Isolation["handler"], string>> = {
  code: "Code actions",
  shell: "Shell actions",
};

const STATES: Readonly<Record<Isolation["isolation"], { tone: Tone; word: string }>> = {
  bubblewrap: { tone: "green", word: "bubblewrap" },
  deno: { tone: "amber", word: "Deno alone" },
  none: { tone: "red", word: "cannot run" },
  off: { tone: "plain", word: "off" },
};

export function Sandbox({ of: reports }: { of: readonly Isolation[] }) {
  if (reports.length === 0) return null;
  return (
    <Card title="Sandbox" flush>
      <ul class="settings-warnings">
        {reports.map(({ handler, isolation, message }) => (
          <li key={handler}>
            <span class="row wrap">
              <strong>{KINDS[handler]}</strong>
              <Badge dot tone={STATES[isolation].tone}>
                {STATES[isolation].word}
              </Badge>
            </span>
            <p class="soft">{message}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
