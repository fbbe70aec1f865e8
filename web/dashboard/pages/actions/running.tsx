/** Whether somebody is asked before a call, and how much it may do. */
import { Banner, Card, Checkbox, Field, FieldSet, TextInput } from "#ui";
import type { Draft } from "./draft.ts";
import type { Section } from "./editor.tsx";
import { KINDS, sendsRequest, writes } from "./kinds.ts";

const MODES: readonly { mode: Draft["mode"]; label: string; does: string }[] = [
  {
    mode: "confirm",
    label: "Ask first",
    does: "A person sees the call and allows it. Nothing is sent before.",
  },
  {
    mode: "auto",
    label: "Run at once",
    does: "The agent calls it by itself. For what only reads.",
  },
];

/** What the model may do by itself, said by an owner: the server takes `auto` only then. */
const ACKNOWLEDGED: Partial<Record<Draft["kind"], string>> = {
  shell: "It runs the command whenever it likes, with any input it likes, and nobody is asked.",
  client: "It runs the code in the visitor’s page whenever it likes, and nobody is asked.",
};

export function Running({ draft, edit }: Section) {
  const auto = draft.mode === "auto";
  const { timeout } = KINDS[draft.kind];
  const accepted = ACKNOWLEDGED[draft.kind];
  return (
    <Card title="Running it">
      <div class="stack">
        <FieldSet legend="Run mode" path="executionMode">
          {MODES.map(({ mode, label, does }) => (
            <label key={mode} class="check">
              <input
                type="radio"
                name="mode"
                checked={draft.mode === mode}
                onChange={() => edit({ mode })}
              />
              <span>
                {label}
                <span class="hint">{does}</span>
              </span>
            </label>
          ))}
        </FieldSet>
        <Advice draft={draft} />
        {auto && accepted && (
          <Banner kind="warn">
            <Checkbox
              label="I accept that the model runs it without asking"
              hint={`${accepted} Only an owner may allow that.`}
              checked={draft.acknowledged}
              onChecked={(acknowledged) => edit({ acknowledged })}
            />
          </Banner>
        )}
        <div class="actions-pair">
          {timeout && (
            <Field
              label="Time limit in seconds"
              path="handler.timeoutS"
              hint={`At most ${timeout.most}.`}
            >
              <TextInput
                inputMode="decimal"
                value={draft.timeout}
                onValue={(timeout) => edit({ timeout })}
              />
            </Field>
          )}
          <Field
            label="Calls a minute"
            path="limits"
            optional
            hint="Over all callers; empty for no limit."
          >
            <TextInput
              inputMode="numeric"
              value={draft.callsPerMinute}
              onValue={(callsPerMinute) => edit({ callsPerMinute })}
            />
          </Field>
        </div>
        <Checkbox
          label="On"
          hint="Agents see it as soon as it is saved. Off, only tests can run it."
          checked={draft.enabled}
          onChecked={(enabled) => edit({ enabled })}
        />
      </div>
    </Card>
  );
}

/** Whether the mode fits what is done. */
function Advice({ draft: { kind, method, mode } }: { draft: Draft }) {
  if (kind === "code" && mode === "auto")
    return (
      <Banner kind="warn">
        Nobody is asked before it runs: choose “Ask first” if it changes anything by what it
        fetches.
      </Banner>
    );
  if (!sendsRequest(kind)) return null;
  if (writes(method) && mode === "auto")
    return (
      <Banner kind="warn">
        {method} may change data, and no person is asked. A model can misunderstand, or be talked
        into a call: choose “Ask first” unless the request only reads.
      </Banner>
    );
  if (!writes(method) && mode === "confirm")
    return (
      <p class="small soft">
        A {method} usually only reads: “Run at once” spares people the question.
      </p>
    );
  return null;
}
