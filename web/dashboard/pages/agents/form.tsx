/** The form of an agent; what others store meanwhile comes into it. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Banner, Button, Card, Checkbox, Field, Form, TextArea, TextInput, told } from "#ui";
import { ApiError, api, asApiError } from "../../data/api.ts";
import { only } from "../../data/merging.ts";
import { may } from "../../data/session.ts";
import { useCommands } from "../../frame/commands.ts";
import { useGuard } from "../../frame/router.ts";
import { type Agent, agents, type Stored } from "./agents.ts";
import { changed, type Draft, draftOf, FIELDS, type FieldName, merge, patchOf } from "./draft.ts";
import { Look, Pages } from "./embedding.tsx";
import { ModelNames } from "./model-names.tsx";
import { ActionPicker } from "./picker.tsx";

const MODELS = "agents-models";
// The types of an input of any type do not know the attribute.
const LISTED = { list: MODELS } as object;

interface FormProps {
  stored: Stored;
  refresh: () => Promise<void>;
}

/** What is being edited, and what it started from. */
function useDraft({ stored, refresh }: FormProps) {
  const base = useSignal(stored);
  const draft = useSignal(draftOf(stored.agent));
  const conflicts = useSignal<readonly FieldName[]>([]);
  const busy = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: signals stay the same
  useEffect(() => {
    if (stored.etag === base.peek().etag) return;
    const before = draftOf(base.peek().agent);
    const merged = merge(before, draft.peek(), draftOf(stored.agent));
    base.value = stored;
    draft.value = merged.draft;
    conflicts.value = [...new Set([...conflicts.peek(), ...merged.conflicts])];
  }, [stored]);
  const from = draftOf(base.value.agent);
  const edits = changed(from, draft.value);
  const save = async () => {
    if (busy.peek() || edits.length === 0) return;
    busy.value = true;
    try {
      const sent = draft.peek();
      const { agent } = await api.put("/api/agents/{name}", patchOf(from, sent), {
        path: { name: stored.agent.name },
        ifMatch: base.value.etag,
      });
      settled(sent, agent);
      agents.refresh();
      refresh();
      told("The agent is saved.");
    } catch (fault) {
      error.value = asApiError(fault);
      if (error.value.status === 412) await refresh();
    } finally {
      busy.value = false;
    }
  };
  // The server may write a field in its own way; what was typed since it was sent stays.
  const settled = (sent: Draft, agent: Agent) => {
    error.value = undefined;
    conflicts.value = [];
    const newer = (base.peek().agent.version ?? 1) > (agent.version ?? 1);
    if (newer) return;
    base.value = { ...base.peek(), agent, etag: `"${agent.version}"` };
    draft.value = merge(sent, draft.peek(), draftOf(agent)).draft;
  };
  const set = (change: Partial<Draft>) => {
    draft.value = { ...draft.peek(), ...change };
  };
  const settle = (theirs: boolean) => {
    if (theirs) set(only(draftOf(base.peek().agent), conflicts.peek()));
    conflicts.value = [];
  };
  const discard = () => {
    draft.value = draftOf(base.peek().agent);
    conflicts.value = [];
    error.value = undefined;
  };
  return { draft: draft.value, edits, conflicts, busy, error, save, set, settle, discard };
}

export function AgentForm(props: FormProps) {
  const { draft, edits, conflicts, busy, error, save, set, settle, discard } = useDraft(props);
  const locked = !may("manage");
  const dirty = edits.length > 0;
  useGuard(dirty ? "The agent has unsaved changes." : undefined);
  useCommands([
    { id: "agents.save", label: "Save the agent", group: "Agents", keys: "mod s", run: save },
  ]);
  return (
    <Form onSubmit={save} error={shown(error.value)} class="agents-form">
      {conflicts.value.length > 0 && <Conflict fields={conflicts.value} onSettle={settle} />}
      <fieldset class="agents-form" disabled={locked}>
        <Talk draft={draft} set={set} />
        <Card title="What it can do">
          <ActionPicker
            value={draft.actions}
            onValue={(actions) => set({ actions })}
            disabled={locked}
          />
        </Card>
        <Visitors draft={draft} set={set} />
        <Look draft={draft} set={set} />
        <Pages draft={draft} set={set} />
      </fieldset>
      {dirty && (
        <div class="agents-foot">
          <span class="soft grow">Unsaved: {edits.map((one) => FIELDS[one]).join(", ")}</span>
          <Button onClick={discard}>Discard</Button>
          <Button kind="primary" type="submit" busy={busy.value}>
            Save agent
          </Button>
        </div>
      )}
    </Form>
  );
}

const FASTER =
  "Somebody else saved this agent meanwhile. Their changes are in here now; look, and save again.";

/** What to say of a refusal: that somebody was faster is no fault of a field. */
function shown(error: ApiError | undefined): ApiError | undefined {
  return error?.status === 412 ? new ApiError(412, error.code, FASTER) : error;
}

interface ConflictProps {
  fields: readonly FieldName[];
  onSettle: (theirs: boolean) => void;
}

function Conflict({ fields, onSettle }: ConflictProps) {
  return (
    <Banner
      kind="warn"
      action={
        <div class="row wrap">
          <Button size="small" onClick={() => onSettle(true)}>
            Take theirs
          </Button>
          <Button size="small" onClick={() => onSettle(false)}>
            Keep mine
          </Button>
        </div>
      }
    >
      Somebody else changed the same: {fields.map((one) => FIELDS[one]).join(", ")}. The form shows
      yours.
    </Banner>
  );
}

export interface PartProps {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
}

function Talk({ draft, set }: PartProps) {
  return (
    <Card title="How it talks">
      <div class="stack">
        <Checkbox
          label="Enabled"
          hint="A disabled agent answers nobody."
          checked={draft.enabled}
          onChecked={(enabled) => set({ enabled })}
        />
        <Field label="Title" path="title" optional>
          <TextInput value={draft.title} onValue={(title) => set({ title })} />
        </Field>
        <Field
          label="Instructions"
          path="instructions"
          optional
          hint="Who it is, what it should do, and what it should not."
        >
          <TextArea
            class="agents-instructions"
            value={draft.instructions}
            onValue={(instructions) => set({ instructions })}
          />
        </Field>
        <Field
          label="Model"
          path="model"
          optional
          hint="local, none, or provider:NAME as in openai:gpt-5. Left empty, the one of the settings."
        >
          <TextInput mono {...LISTED} value={draft.model} onValue={(model) => set({ model })} />
        </Field>
        <ModelNames id={MODELS} named={draft.model} />
      </div>
    </Card>
  );
}

function Visitors({ draft, set }: PartProps) {
  return (
    <Card title="What visitors see">
      <div class="stack">
        <Field label="Greeting" path="greeting" optional hint="Shown before the first question.">
          <TextArea rows={2} value={draft.greeting} onValue={(greeting) => set({ greeting })} />
        </Field>
        <Field
          label="Suggested questions"
          path="suggestedQuestions"
          optional
          hint="One a line; a click asks them."
        >
          <TextArea
            rows={3}
            value={draft.suggestedQuestions}
            onValue={(suggestedQuestions) => set({ suggestedQuestions })}
          />
        </Field>
      </div>
    </Card>
  );
}
