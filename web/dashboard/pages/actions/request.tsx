/** The HTTP request, with placeholders for inputs and secrets. */
import { Plus, X } from "lucide-preact";
import { Button, Card, CodeEditor, Field, FieldSet, IconButton, Select, TextInput } from "#ui";
import type { Header } from "./draft.ts";
import type { Section } from "./editor.tsx";
import { METHODS, writes } from "./kinds.ts";

const METHOD_OPTIONS = METHODS.map((value) => ({ value, label: value }));

export function Request({ draft, edit, names }: Section & { names: readonly string[] }) {
  return (
    <Card title="Request">
      <div class="stack">
        <div class="actions-line">
          <Field label="Method" path="handler.method">
            <Select
              value={draft.method}
              options={METHOD_OPTIONS}
              onValue={(method) => edit({ method })}
            />
          </Field>
          <Field label="URL" path="handler.url">
            <CodeEditor
              single
              language="text"
              rows={1}
              placeholder="https://api.example.com/orders/{{order_id}}"
              value={draft.url}
              placeholders={names}
              onValue={(url) => edit({ url })}
            />
          </Field>
        </div>
        <p class="hint small soft">
          <code>{"{{order_id}}"}</code> is filled with what the agent gathers,{" "}
          <code>{"{{secrets.NAME}}"}</code> with a secret; type <code>{"{{"}</code> to choose.
        </p>
        <Headers headers={draft.headers} names={names} onHeaders={(headers) => edit({ headers })} />
        {(writes(draft.method) || draft.body !== "") && (
          <Field
            label="Body"
            path="handler.body"
            optional
            hint={
              writes(draft.method)
                ? "JSON or any text."
                : `${draft.method} sends no body; it will be left out.`
            }
          >
            <CodeEditor
              language="json"
              rows={5}
              placeholder={'{"note": "{{note}}"}'}
              value={draft.body}
              placeholders={names}
              onValue={(body) => edit({ body })}
            />
          </Field>
        )}
        <Field
          label="Keep from the answer"
          path="handler.resultPath"
          optional
          hint="A JMESPath such as data.status: only that is shown to the agent."
        >
          <TextInput mono value={draft.resultPath} onValue={(resultPath) => edit({ resultPath })} />
        </Field>
      </div>
    </Card>
  );
}

interface HeadersProps {
  headers: readonly Header[];
  names: readonly string[];
  onHeaders: (headers: readonly Header[]) => void;
}

function Headers({ headers, names, onHeaders }: HeadersProps) {
  const change = (at: number, part: Partial<Header>) =>
    onHeaders(headers.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <FieldSet legend="Headers" path="handler.headers">
      {headers.map((header, index) => (
        <div key={index} class="actions-header">
          <TextInput
            mono
            aria-label={`Name of header ${index + 1}`}
            placeholder="Authorization"
            value={header.name}
            onValue={(name) => change(index, { name })}
          />
          <CodeEditor
            single
            language="text"
            rows={1}
            label={`Value of header ${index + 1}`}
            placeholder="Bearer {{secrets.TOKEN}}"
            value={header.value}
            placeholders={names}
            onValue={(value) => change(index, { value })}
          />
          <IconButton
            icon={X}
            label={`Remove header ${index + 1}`}
            tipSide="left"
            onClick={() => onHeaders(headers.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <div>
        <Button
          size="small"
          icon={Plus}
          onClick={() => onHeaders([...headers, { name: "", value: "" }])}
        >
          Add header
        </Button>
      </div>
    </FieldSet>
  );
}
