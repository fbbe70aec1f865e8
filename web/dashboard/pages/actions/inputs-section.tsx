/** What the agent gathers before the call: a table, or the JSON Schema behind it. */
import { Plus } from "lucide-preact";
import { ask, Button, Card, CodeEditor, Field } from "#ui";
import { indented, parsed, sameJson } from "../../data/json.ts";
import type { Draft } from "./draft.ts";
import type { Section } from "./editor.tsx";
import { type Input, inputsInSchema, schemaOf } from "./inputs.ts";
import { BLANK, InputsTable } from "./inputs-table.tsx";
import { sendsRequest } from "./kinds.ts";
import { inputsReadIn } from "./program-text.ts";
import { schemaFault } from "./schema.ts";
import { inputsNamedIn } from "./template.ts";

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
          <InputsTable inputs={draft.inputs} onInputs={(inputs) => edit({ inputs })} />
        ) : (
          <Field
            label="JSON Schema"
            path="inputSchema"
            hint="Draft 2020-12, an object at the top."
            problem={schemaFault(schema)}
          >
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
            <span class="small soft">Used {USED_IN[draft.kind] ?? "above"}, but not gathered:</span>
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

function missingIn(draft: Draft): string[] {
  const names = new Set(knownInputs(draft).map((one) => one.name));
  const used = draft.kind === "code" ? inputsReadIn(draft.code) : inputsNamedIn(textsOf(draft));
  return used.filter((name) => !names.has(name));
}

const USED_IN: Partial<Record<Draft["kind"], string>> = {
  http: "in the request",
  httpWidget: "in the request",
  code: "in the code",
  shell: "in the command",
};

function textsOf({ kind, url, body, headers, code }: Draft): string[] {
  if (kind === "shell") return [code];
  return sendsRequest(kind) ? [url, body, ...headers.map((one) => one.value)] : [];
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
