/** The HTTP request, with placeholders for inputs and secrets. */
import { Plus, X } from "lucide-preact";
import {
  Button,
  Card,
  Checkbox,
  CodeEditor,
  Field,
  FieldSet,
  IconButton,
  type Placeholders,
  Select,
  TextInput,
} from "#ui";
import type { Header } from "./draft.ts";
import type { Section } from "./editor.tsx";
import { METHODS, writes } from "./kinds.ts";
import { saidOf } from "./template.ts";

const METHOD_OPTIONS = METHODS.map((value) => ({ value, label: value }));

interface RequestProps extends Section {
  placeholders: Placeholders;
  /** For a body, where closing braces may be JSON's. */
  inBody: Placeholders;
}

export function Request({ draft, edit, placeholders, inBody }: RequestProps) {
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
          <Field label="URL" path="handler.url" {...saidOf(placeholders.marks(draft.url))}>
            <CodeEditor
              single
              language="text"
              rows={1}
              placeholder="https://api.example.com/orders/{{order_id}}"
              value={draft.url}
              placeholders={placeholders}
              onValue={(url) => edit({ url })}
            />
          </Field>
        </div>
        <p class="hint small soft">
          <code>{"{{order_id}}"}</code> is filled with what the agent gathers,{" "}
          <code>{"{{secrets.NAME}}"}</code> with a secret; type <code>{"{{"}</code> to choose.
        </p>
        <Headers
          headers={draft.headers}
          placeholders={placeholders}
          onHeaders={(headers) => edit({ headers })}
        />
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
            {...saidOf(inBody.marks(draft.body))}
          >
            <CodeEditor
              language="json"
              rows={5}
              placeholder={'{"note": "{{note}}"}'}
              value={draft.body}
              placeholders={inBody}
              onValue={(body) => edit({ body })}
            />
          </Field>
        )}
        <Checkbox
          label="Leave out what is not given"
          hint="A query value, form field or header that is only an optional input is dropped instead of sent empty."
          checked={draft.omitMissing}
          onChecked={(omitMissing) => edit({ omitMissing })}
        />
        <Field
          label="Keep from the answer"
          path="handler.resultPath"
          optional
          hint="A JMESPath such as data.status: only that reaches the agent. Short answers make better ones."
        >
          <TextInput mono value={draft.resultPath} onValue={(resultPath) => edit({ resultPath })} />
        </Field>
      </div>
    </Card>
  );
}

interface HeadersProps {
  headers: readonly Header[];
  placeholders: Placeholders;
  onHeaders: (headers: readonly Header[]) => void;
}

function Headers({ headers, placeholders, onHeaders }: HeadersProps) {
  return (
    <FieldSet legend="Headers" path="handler.headers">
      {headers.map((header, index) => (
        <HeaderRow
          key={index}
          at={index}
          header={header}
          placeholders={placeholders}
          onHeader={(part) =>
            onHeaders(headers.map((one, at) => (at === index ? { ...one, ...part } : one)))
          }
          onRemove={() => onHeaders(headers.filter((_, at) => at !== index))}
        />
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

interface HeaderRowProps {
  at: number;
  header: Header;
  placeholders: Placeholders;
  onHeader: (part: Partial<Header>) => void;
  onRemove: () => void;
}

function HeaderRow({ at, header, placeholders, onHeader, onRemove }: HeaderRowProps) {
  const { problem, warning } = saidOf(placeholders.marks(header.value));
  return (
    <div class="actions-header">
      <TextInput
        mono
        aria-label={`Name of header ${at + 1}`}
        placeholder="Authorization"
        value={header.name}
        onValue={(name) => onHeader({ name })}
      />
      <Field bare label={`Value of header ${at + 1}`} problem={problem} warning={warning}>
        <CodeEditor
          single
          language="text"
          rows={1}
          placeholder="Bearer {{secrets.TOKEN}}"
          value={header.value}
          placeholders={placeholders}
          onValue={(value) => onHeader({ value })}
        />
      </Field>
      <IconButton icon={X} label={`Remove header ${at + 1}`} tipSide="left" onClick={onRemove} />
    </div>
  );
}
