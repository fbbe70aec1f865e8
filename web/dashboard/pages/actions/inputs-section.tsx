/** What the agent gathers before the call: a table, or the JSON Schema behind it. */
import { CircleAlert, Plus, X } from "lucide-preact";
import {
  ask,
  Button,
  Card,
  Checkbox,
  CodeEditor,
  Field,
  IconButton,
  Select,
  TextInput,
  useProblems,
} from "#ui";
import { type Draft, indented } from "./draft.ts";
import type { Section } from "./editor.tsx";
import {
  type Input,
  inputsInSchema,
  parsed,
  placeholdersIn,
  sameJson,
  schemaOf,
  TYPES,
} from "./inputs.ts";

const TYPE_OPTIONS = TYPES.map((value) => ({ value, label: value }));

/** The inputs as they stand, whichever way they are written. */
export function knownInputs({ schema, inputs }: Draft): readonly Input[] {
  return schema === undefined ? inputs.filter((one) => one.name) : (inputsInSchema(schema) ?? []);
}

export function InputsSection({ draft, edit }: Section) {
  const { schema } = draft;
  const missing = missingIn(draft);
  return (
    <Card
      title="What the agent gathers"
      actions={
        <Button
          size="small"
          kind="quiet"
          onClick={() =>
            schema === undefined
              ? edit({ schema: indented(schemaOf(draft.inputs)) })
              : toTable(schema, edit)
          }
        >
          {schema === undefined ? "Edit as JSON Schema" : "Edit as a table"}
        </Button>
      }
    >
      <div class="stack">
        {schema === undefined ? (
          <Inputs inputs={draft.inputs} onInputs={(inputs) => edit({ inputs })} />
        ) : (
          <Field label="JSON Schema" path="inputSchema" hint="Draft 2020-12, an object at the top.">
            <CodeEditor
              language="json"
              rows={10}
              value={schema}
              onValue={(text) => edit({ schema: text })}
            />
          </Field>
        )}
        {schema === undefined && missing.length > 0 && (
          <div class="row wrap">
            <span class="small soft">Used in the request, but not gathered:</span>
            {missing.map((name) => (
              <Button
                key={name}
                size="small"
                icon={Plus}
                onClick={() => edit({ inputs: [...draft.inputs, { ...BLANK, name }] })}
              >
                Add {name}
              </Button>
            ))}
          </div>
        )}
      </div>
    </Card>
  );
}

const BLANK: Input = { name: "", type: "string", description: "", required: true };

function missingIn(draft: Draft): string[] {
  const names = new Set(knownInputs(draft).map((one) => one.name));
  const texts = [draft.url, draft.body, ...draft.headers.map((one) => one.value)];
  return placeholdersIn(texts).filter((name) => !names.has(name));
}

async function toTable(schema: string, edit: Section["edit"]): Promise<void> {
  const inputs = (inputsInSchema(schema) ?? []).map(({ name, type, description, required }) => ({
    name,
    type,
    description,
    required,
  }));
  const sure =
    sameJson(parsed(schema), schemaOf(inputs)) ||
    (await ask({
      title: "Make it a table?",
      body: "A table holds names, types, descriptions and what is required. Everything else the schema says is dropped.",
      yes: "Make it a table",
      danger: true,
    }));
  if (sure) edit({ schema: undefined, inputs });
}

interface InputsProps {
  inputs: readonly Input[];
  onInputs: (inputs: readonly Input[]) => void;
}

function Inputs({ inputs, onInputs }: InputsProps) {
  return (
    <div class="stack tight">
      {inputs.length === 0 && (
        <p class="soft">
          Nothing yet. An input is what the model must find out first, such as an order number.
        </p>
      )}
      {inputs.map((input, index) => (
        <Row
          key={index}
          at={index}
          input={input}
          onInput={(part) =>
            onInputs(inputs.map((one, at) => (at === index ? { ...one, ...part } : one)))
          }
          onRemove={() => onInputs(inputs.filter((_, at) => at !== index))}
        />
      ))}
      <div>
        <Button size="small" icon={Plus} onClick={() => onInputs([...inputs, BLANK])}>
          Add input
        </Button>
      </div>
    </div>
  );
}

interface RowProps {
  at: number;
  input: Input;
  onInput: (part: Partial<Input>) => void;
  onRemove: () => void;
}

function Row({ at, input, onInput, onRemove }: RowProps) {
  const problems = useProblems(`parameters[${at}]`);
  const of = `of input ${at + 1}`;
  const invalid = problems.length > 0 ? { "aria-invalid": "true" as const } : {};
  return (
    <div class="actions-input">
      <TextInput
        mono
        aria-label={`Name ${of}`}
        placeholder="order_id"
        value={input.name}
        {...invalid}
        onValue={(name) => onInput({ name })}
      />
      <Select
        aria-label={`Type ${of}`}
        value={input.type}
        options={TYPE_OPTIONS}
        onValue={(type) => onInput({ type })}
      />
      <TextInput
        class="what"
        aria-label={`Description ${of}`}
        placeholder="What it is, with an example"
        value={input.description}
        onValue={(description) => onInput({ description })}
      />
      <Checkbox
        label="Required"
        checked={input.required}
        onChecked={(required) => onInput({ required })}
      />
      <IconButton icon={X} label={`Remove input ${at + 1}`} tipSide="left" onClick={onRemove} />
      {problems.length > 0 && (
        <span class="problem" role="alert">
          <CircleAlert class="icon" size={14} />
          <span>{problems.join(" ")}</span>
        </span>
      )}
    </div>
  );
}
