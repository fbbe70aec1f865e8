/** Trying out what is on the screen: samples, the request it makes, the answer it gets. */
import { useSignal } from "@preact/signals";
import { Eye, Play } from "lucide-preact";
import { useRef } from "preact/hooks";
import type { Schemas } from "#protocol";
import {
  Badge,
  Banner,
  Button,
  Card,
  duration,
  Field,
  Select,
  Tabs,
  TextArea,
  TextInput,
} from "#ui";
import { type ApiError, api, asApiError } from "../../data/api.ts";
import { may } from "../../data/session.ts";
import { type Action, type Draft, definitionOf, indented } from "./draft.ts";
import { argumentsOf, type Input, parsed } from "./inputs.ts";
import { knownInputs } from "./inputs-section.tsx";
import { KINDS, writes } from "./kinds.ts";

interface PanelProps {
  draft: Draft;
  stored: Action | undefined;
  dirty: boolean;
  /** The definition cannot be tried: its problems belong to its fields. */
  onRefused: (error: ApiError | undefined) => void;
}

type Shown =
  | { kind: "answer"; answer: Schemas["TestAnswer"] }
  | { kind: "request"; request: object }
  | { kind: "refused"; error: ApiError };

export function TestPanel({ draft, stored, dirty, onRefused }: PanelProps) {
  const typed = useSignal<Readonly<Record<string, string>>>({});
  const busy = useSignal<"run" | "dry" | undefined>(undefined);
  const shown = useSignal<Shown | undefined>(undefined);
  const turn = useRef(0);
  const inputs = knownInputs(draft);
  if (!may("manage") || !KINDS[draft.kind].works) return null;
  const attempt = async (kind: "run" | "dry", what: () => Promise<Shown>) => {
    if (busy.peek()) return;
    turn.current += 1;
    const mine = turn.current;
    busy.value = kind;
    let result: Shown;
    try {
      result = await what();
      onRefused(undefined);
    } catch (fault) {
      const error = asApiError(fault);
      onRefused(error.details.length > 0 ? error : undefined);
      result = { kind: "refused", error };
    }
    if (mine !== turn.current) return;
    busy.value = undefined;
    shown.value = result;
  };
  const params = () => argumentsOf(inputs, typed.peek());
  const run = () =>
    attempt("run", async () => {
      const action = definitionOf(draft, stored);
      const given = { action, params: params() };
      return { kind: "answer", answer: await api.post("/api/custom-actions/test", given) };
    });
  const dry = (id: string) =>
    attempt("dry", async () => {
      const path = { action_id: id };
      const given = { params: params() };
      const told = await api.post("/api/custom-actions/{action_id}/preview", given, { path });
      return { kind: "request", request: told.request };
    });
  return (
    <Card title="Test">
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <p class="soft small">
          Tries what is on the screen, saved or not. Testing needs no confirmation.
        </p>
        {inputs.map((input) => (
          <Sample
            key={input.name}
            input={input}
            value={typed.value[input.name] ?? ""}
            onValue={(text) => {
              typed.value = { ...typed.peek(), [input.name]: text };
            }}
          />
        ))}
        <div class="row wrap">
          <Button kind="primary" type="submit" icon={Play} busy={busy.value === "run"}>
            Run test
          </Button>
          {stored && (
            <Button
              icon={Eye}
              busy={busy.value === "dry"}
              disabled={dirty}
              onClick={() => dry(stored.id)}
            >
              Dry run
            </Button>
          )}
        </div>
        {draft.kind === "http" && writes(draft.method) && (
          <p class="small soft">
            Running sends a real {draft.method}.{stored && " A dry run only shows the request."}
          </p>
        )}
        {stored && dirty && (
          <p class="small soft">A dry run shows the saved version: save first.</p>
        )}
        <div aria-live="polite">{shown.value && <Result of={shown.value} />}</div>
      </form>
    </Card>
  );
}

interface SampleProps {
  input: Input;
  value: string;
  onValue: (text: string) => void;
}

function Sample({ input, value, onValue }: SampleProps) {
  const { name, type, description, required, choices } = input;
  const options = choices ?? (type === "boolean" ? ["true", "false"] : undefined);
  const long = type === "array" || type === "object";
  return (
    <Field label={<code>{name}</code>} optional={!required} hint={description || undefined}>
      {options ? (
        <Select
          value={value}
          options={[{ value: "", label: "not given" }, ...options.map(asOption)]}
          onValue={onValue}
        />
      ) : long ? (
        <TextArea
          mono
          class="actions-similes"
          placeholder={type === "array" ? "[]" : "{}"}
          value={value}
          onValue={onValue}
        />
      ) : (
        <TextInput
          inputMode={type === "string" ? "text" : "decimal"}
          value={value}
          onValue={onValue}
        />
      )}
    </Field>
  );
}

function asOption(value: string) {
  return { value, label: value };
}

function Result({ of }: { of: Shown }) {
  switch (of.kind) {
    case "refused":
      return <Banner kind="bad">{of.error.message}</Banner>;
    case "request":
      return (
        <div class="stack tight">
          <div class="row">
            <Badge tone="blue">Dry run</Badge>
            <span class="small soft">Nothing was sent.</span>
          </div>
          <pre class="code-block">{indented(of.request)}</pre>
        </div>
      );
    case "answer":
      return <Answer of={of.answer} />;
  }
}

type View = "output" | "request" | "result";

const VIEWS: readonly { key: View; label: string }[] = [
  { key: "output", label: "Answer" },
  { key: "request", label: "Request sent" },
  { key: "result", label: "What the agent gets" },
];

function Answer({ of }: { of: Schemas["TestAnswer"] }) {
  const view = useSignal<View>("output");
  const texts: Record<View, string> = {
    output: pretty(of.output) || "(empty)",
    request: of.request ? indented(of.request) : "Nothing was sent.",
    result: of.result === undefined ? "Nothing." : indented(of.result),
  };
  return (
    <div class="stack tight actions-answer">
      <div class="row">
        <Badge dot tone={of.ok ? "green" : "red"}>
          {of.ok ? "Worked" : "Failed"}
        </Badge>
        <span class="small soft num">{duration(of.durationMs)}</span>
      </div>
      {of.error && <Banner kind="bad">{of.error}</Banner>}
      <Tabs
        label="Result"
        tabs={VIEWS}
        selected={view.value}
        onSelect={(key) => {
          view.value = key;
        }}
      >
        <pre class="code-block">{texts[view.value]}</pre>
      </Tabs>
    </div>
  );
}

function pretty(text: string): string {
  const value = parsed(text);
  return typeof value === "object" && value !== null ? indented(value) : text;
}
