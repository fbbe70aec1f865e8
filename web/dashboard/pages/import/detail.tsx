/** One draft in full: what it sends, what is known of it, and what it is called. */
import { ChevronLeft, ChevronRight, Pencil } from "lucide-preact";
import {
  Banner,
  Button,
  Checkbox,
  Dialog,
  Facts,
  Field,
  IconButton,
  Select,
  TextArea,
  TextInput,
} from "#ui";
import { indented } from "../../data/json.ts";
import { toolName } from "../actions/naming.ts";
import { propose } from "../actions/proposal.ts";
import { type Item, inputNames, isWriting, type Judgement, programOf } from "./items.ts";
import { change, select, selected } from "./state.ts";

interface DetailProps {
  rows: readonly Item[];
  /** The key of the one that is looked at. */
  at: number;
  judged: Judgement;
  onMove: (key: number | undefined) => void;
}

const MODES = [
  { value: "confirm", label: "Ask first" },
  { value: "auto", label: "Run at once" },
] as const;

export function Detail({ rows, at, judged, onMove }: DetailProps) {
  const place = rows.findIndex((one) => one.key === at);
  const item = rows[place];
  if (!item) return null;
  const { definition } = item;
  const absent = (judged.missing.get(at) ?? []).map(toAdd);
  const kept = (item.keeps ?? []).map(toAdd);
  const close = () => onMove(undefined);
  const [before, after] = [rows[place - 1]?.key, rows[place + 1]?.key];
  return (
    <Dialog
      title={definition.name.toLowerCase() || "Without a name"}
      wide
      onClose={close}
      foot={
        <>
          <IconButton
            icon={ChevronLeft}
            label="Previous"
            disabled={before === undefined}
            onClick={() => onMove(before)}
          />
          <IconButton
            icon={ChevronRight}
            label="Next"
            disabled={after === undefined}
            onClick={() => onMove(after)}
          />
          <span class="grow" />
          <Button
            icon={Pencil}
            onClick={() => {
              close();
              propose({ definition, warnings: [...item.warnings, ...absent, ...kept] });
            }}
          >
            Open in editor
          </Button>
          <Button kind="primary" onClick={close}>
            Done
          </Button>
        </>
      }
    >
      <div class="stack" key={at}>
        <Notes item={item} absent={absent} />
        <Checkbox
          label="Save this one"
          checked={selected.value.has(at)}
          onChecked={(on) => select([at], on)}
        />
        <Field
          label="Name"
          problem={judged.problems.get(at)}
          hint={
            <>
              The model sees <code>{toolName(definition.name)}</code>
            </>
          }
        >
          <TextInput value={definition.name} onValue={(name) => change(at, { name })} />
        </Field>
        <Field label="When to use it">
          <TextArea
            value={definition.description}
            onValue={(description) => change(at, { description })}
          />
        </Field>
        <Field
          label="Run mode"
          hint={
            isWriting(item) && definition.executionMode === "auto"
              ? "It may change data, and no person is asked."
              : undefined
          }
        >
          <Select
            value={definition.executionMode ?? "confirm"}
            options={MODES}
            onValue={(executionMode) => change(at, { executionMode })}
          />
        </Field>
        <Facts
          of={[
            ["Made of", item.source],
            ["Inputs", inputNames(item).join(", ") || undefined],
          ]}
        />
        <pre class="code-block import-handler">
          {programOf(definition) ?? indented(definition.handler)}
        </pre>
      </div>
    </Dialog>
  );
}

interface NotesProps {
  item: Item;
  /** Sentences on secrets that are not there. */
  absent: readonly string[];
}

function Notes({ item: { warnings, keeps = [] }, absent }: NotesProps) {
  const notes = [...warnings, ...absent];
  if (notes.length === 0) return null;
  return (
    <Banner kind="warn">
      {notes.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {keeps.length > 0 && (
        <p>Saved from here, its credential is kept as a secret. The editor would not know it.</p>
      )}
    </Banner>
  );
}

function toAdd(name: string): string {
  return `The secret ${name} has to be added under Secrets.`;
}
