/** What is typed of a widget: its names, its template, its data. */
import { useMemo } from "preact/hooks";
import {
  Button,
  Card,
  Checkbox,
  CodeEditor,
  Field,
  type Placeholders,
  type Problem,
  problemsAt,
  TextInput,
} from "#ui";
import { parsed } from "../../data/json.ts";
import { placeIn } from "../../data/json-place.ts";
import { may } from "../../data/session.ts";
import { type Draft, faultIn, nameFault } from "./draft.ts";
import { schemaFor } from "./schema.ts";

export interface Section {
  draft: Draft;
  edit: (change: Partial<Draft>) => void;
  /** What the server says of what is typed now. */
  problems: readonly Problem[];
}

interface NamesProps extends Omit<Section, "problems"> {
  /** A stored widget keeps its name. */
  stored: boolean;
  withAction: boolean;
  onWithAction: (value: boolean) => void;
}

export function Names({ draft, edit, stored, withAction, onWithAction }: NamesProps) {
  return (
    <Card title="What it is">
      <div class="stack">
        {!stored && (
          <Field
            label="Name"
            path="name"
            hint="Lower-case letters, digits and underscores. It stays."
            problem={draft.name ? nameFault(draft.name) : undefined}
          >
            <TextInput
              mono
              placeholder="order_card"
              value={draft.name}
              onValue={(name) => edit({ name })}
            />
          </Field>
        )}
        <Field label="Title" path="title" optional hint="What people call it.">
          <TextInput value={draft.title} onValue={(title) => edit({ title })} />
        </Field>
        <Field
          label="Description"
          path="description"
          optional
          hint="What it shows: for people, and for the model that fills it."
        >
          <TextInput value={draft.description} onValue={(description) => edit({ description })} />
        </Field>
        {!stored && (
          <Checkbox
            label="Add an action that shows it"
            hint="So that agents can show it at once. Its inputs are those of the data schema."
            checked={withAction}
            onChecked={onWithAction}
          />
        )}
      </div>
    </Card>
  );
}

export function Template(section: Section) {
  return (
    <Card title="Template">
      <Code
        {...section}
        field="template"
        label="Adaptive Card"
        hint={
          <>
            JSON of an Adaptive Card. <code>$&#123;order_id&#125;</code> stands for data,{" "}
            <code>$data</code> repeats an element, <code>$when</code> leaves one out.
          </>
        }
        rows={24}
      />
    </Card>
  );
}

export function Data(section: Section) {
  const { draft, edit } = section;
  const example = parsed(draft.exampleData);
  const inferred = useMemo(() => schemaFor(example), [example]);
  return (
    <Card title="Data">
      <div class="stack">
        <Code
          {...section}
          field="exampleData"
          under={["exampleData", "data"]}
          label="Example data"
          hint="What it is drawn with here. Calls and answers go over it, name by name."
          rows={10}
        />
        <Code
          {...section}
          field="dataSchema"
          label="Data schema"
          optional
          hint="JSON Schema of the data: what the model has to give, and what an answer has to hold."
          rows={draft.dataSchema.trim() ? 12 : 4}
        />
        {!draft.dataSchema.trim() && inferred && (
          <div class="row">
            <Button size="small" onClick={() => edit({ dataSchema: inferred })}>
              Make one of the example
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

interface CodeProps extends Section {
  field: "template" | "exampleData" | "dataSchema";
  /** Where problems of it are told; its own name unless said. */
  under?: readonly string[];
  label: string;
  hint: preact.ComponentChildren;
  optional?: boolean;
  rows: number;
}

function Code(props: CodeProps) {
  const { draft, edit, problems, field, under = [field], label, hint, optional, rows } = props;
  const fault = faultIn(draft, field);
  const told = under.flatMap((path) => problemsAt(problems, path).filter(hasPlace));
  const placeholders = usePlaces(told);
  const sentences = [...new Set(told.map((one) => one.message))].slice(0, 3).join(" ");
  // What does not fit the schema is drawn all the same.
  const doubtful = told.every(({ path }) => path.startsWith("data/"));
  return (
    <Field
      label={label}
      path={field}
      hint={hint}
      optional={optional}
      problem={fault ?? (doubtful ? undefined : sentences || undefined)}
      warning={fault || !doubtful ? undefined : sentences || undefined}
    >
      <CodeEditor
        language="json"
        readOnly={!may("manage")}
        rows={rows}
        value={draft[field]}
        placeholders={fault ? undefined : placeholders}
        onValue={(text) => edit({ [field]: text })}
      />
    </Field>
  );
}

/** What is told of the data as a whole stands beside the card. */
export function hasPlace({ path }: Problem): boolean {
  return path !== "data";
}

/** Marks in the text where problems are. */
function usePlaces(problems: readonly Problem[]): Placeholders | undefined {
  const key = JSON.stringify(problems);
  return useMemo(() => {
    const told = JSON.parse(key) as Problem[];
    if (told.length === 0) return undefined;
    const marks = (text: string) => {
      if (parsed(text) === undefined) return [];
      const found = told.map(({ path, message }) => ({
        ...placeIn(
          text,
          path
            .split(/[.[\]/]+/)
            .filter(Boolean)
            .slice(1),
        ),
        kind: "wrong" as const,
        says: message,
      }));
      return found.sort((a, b) => a.from - b.from);
    };
    return { offers: [], filters: [], marks };
  }, [key]);
}
