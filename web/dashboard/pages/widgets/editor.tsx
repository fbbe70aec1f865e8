/** The form of a widget with its preview beside it; whoever draws it says how it is saved. */
import { useSignal } from "@preact/signals";
import { Save, Trash2 } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { Banner, Button, Form, Menu, Page, SplitView, Time } from "#ui";
import type { ApiError } from "../../data/api.ts";
import { may } from "../../data/session.ts";
import { useCommands } from "../../frame/commands.ts";
import { useGuard } from "../../frame/router.ts";
import "./widgets.css";
import type { Draft } from "./draft.ts";
import { Data, hasPlace, Names, Template } from "./fields.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { usePreview } from "./previewing.ts";

export const FORM = "widget-form";
const LEAVING =
  "The widget has changes that are not saved. This tab keeps them, and shows them when you open it again.";
// What a field of the form shows; all else is told beside the card.
const PLACED = /^(template|exampleData|dataSchema|data[/.[])/;

export interface EditorProps {
  title: string;
  stored: boolean;
  draft: Draft;
  edit: (change: Partial<Draft>) => void;
  dirty: boolean;
  busy: boolean;
  error: ApiError | undefined;
  onSave: (withAction: boolean) => void;
  /** When changes were kept that are on screen again. */
  restored: string | undefined;
  onDiscard: () => void;
  notice?: ComponentChildren;
  warnings?: readonly string[];
  /** Further buttons above, and cards below the form. */
  tools?: ComponentChildren;
  below?: ComponentChildren;
  onDelete?: (() => void) | undefined;
}

export function Editor(props: EditorProps) {
  const { title, stored, draft, edit, dirty, error, notice, warnings = [], below } = props;
  const other = useSignal("");
  const withAction = useSignal(true);
  const locked = !may("manage");
  const shown = usePreview(draft, other.value);
  useGuard(dirty ? LEAVING : undefined);
  const save = () => props.onSave(withAction.peek());
  useCommands(
    locked
      ? []
      : [
          {
            id: "widgets.save",
            label: "Save the widget",
            icon: Save,
            group: "Widgets",
            keys: "mod s",
            run: save,
          },
        ],
  );
  const placed = shown.problems.filter(({ path }) => PLACED.test(path));
  const left = shown.problems.filter((one) => !PLACED.test(one.path) || !hasPlace(one));
  const section = { draft, edit, problems: placed };
  return (
    <Page
      title={title}
      back={{ href: "/widgets", label: "Widgets" }}
      actions={<Tools {...props} locked={locked} />}
    >
      {notice}
      {locked && (
        <Banner kind="info">You can look at this widget; an editor or an owner changes it.</Banner>
      )}
      {props.restored && dirty && (
        <Banner
          kind="info"
          action={
            <Button size="small" onClick={props.onDiscard}>
              Discard changes
            </Button>
          }
        >
          What you typed is back: it was not saved when you left, <Time at={props.restored} />.
        </Banner>
      )}
      {warnings.length > 0 && (
        <Banner kind="warn">
          <strong>Saved, but look at this:</strong>
          {warnings.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </Banner>
      )}
      <SplitView
        side={
          <PreviewPanel
            of={shown}
            title={draft.title || draft.name || "Card"}
            problems={left}
            told={placed.length > 0}
            other={other.value}
            onOther={(text) => {
              other.value = text;
            }}
          />
        }
      >
        <div class="stack">
          <Form id={FORM} class="stack" onSubmit={save} error={error}>
            <fieldset class="stack long-form widgets-form" disabled={locked}>
              <Names
                {...section}
                stored={stored}
                withAction={withAction.value}
                onWithAction={(value) => {
                  withAction.value = value;
                }}
              />
              <Template {...section} />
              <Data {...section} />
            </fieldset>
          </Form>
          {below}
        </div>
      </SplitView>
    </Page>
  );
}

function Tools({
  stored,
  dirty,
  busy,
  tools,
  onDelete,
  locked,
}: EditorProps & { locked: boolean }) {
  return (
    <>
      {dirty && <span class="small soft">Not saved</span>}
      {tools}
      {!locked && (
        <Button
          kind="primary"
          icon={Save}
          type="submit"
          form={FORM}
          busy={busy}
          disabled={stored && !dirty}
        >
          {stored ? "Save" : "Create widget"}
        </Button>
      )}
      {onDelete && !locked && (
        <Menu
          label="More for this widget"
          items={[{ label: "Delete", icon: Trash2, danger: true, onPick: onDelete }]}
        />
      )}
    </>
  );
}
