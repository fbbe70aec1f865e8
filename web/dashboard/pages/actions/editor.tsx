/** The form of an action with the test beside it; whoever draws it says how it is saved. */
import { type Signal, useSignal } from "@preact/signals";
import { History as HistoryMark, Save, Trash2 } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Banner, Button, Card, Form, Menu, Page, SplitView } from "#ui";
import { type ApiError, asApiError } from "../../data/api.ts";
import { useResource } from "../../data/resource.ts";
import { may } from "../../data/session.ts";
import { useCommands } from "../../frame/commands.ts";
import { useGuard } from "../../frame/router.ts";
import "./actions.css";
import { secretNames } from "./actions.ts";
import { type Action, type Draft, indented } from "./draft.ts";
import { General, KindPicker } from "./general.tsx";
import { sameJson } from "./inputs.ts";
import { InputsSection, knownInputs } from "./inputs-section.tsx";
import { KINDS } from "./kinds.ts";
import { Request } from "./request.tsx";
import { Running } from "./running.tsx";
import { TestPanel } from "./test-panel.tsx";

export interface Section {
  draft: Draft;
  edit: (change: Partial<Draft>) => void;
}

interface EditorProps {
  title: string;
  /** What leaving loses nothing of. */
  start: Draft;
  draft?: Signal<Draft>;
  stored?: Action;
  notice?: ComponentChildren;
  warnings?: readonly string[];
  /** Resolves with where to go on, if not here. */
  onSave: (draft: Draft) => Promise<(() => void) | undefined>;
  /** The server refused because somebody else was faster. */
  onStale?: () => void;
  onHistory?: () => void;
  onDelete?: () => void;
}

const FORM = "action-form";

export function Editor(props: EditorProps) {
  const {
    title,
    start,
    stored,
    notice,
    warnings = [],
    onSave,
    onStale,
    onHistory,
    onDelete,
  } = props;
  const own = useSignal(start);
  const held = props.draft ?? own;
  const draft = held.value;
  const busy = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  const secrets = useResource(secretNames).value.value ?? [];
  const dirty = !sameJson(draft, start);
  useGuard(dirty ? "The action has changes that are not saved." : undefined);
  const refusal = error.value;
  useEffect(() => {
    if (!refusal) return;
    // A code editor cannot be told invalid, and so does not get the focus: it is shown at least.
    const frame = requestAnimationFrame(() =>
      document
        .querySelector(`#${FORM} .problem, #${FORM} .banner.bad`)
        ?.scrollIntoView({ block: "center" }),
    );
    return () => cancelAnimationFrame(frame);
  }, [refusal]);
  const save = async () => {
    if (busy.peek()) return;
    busy.value = true;
    try {
      const next = await onSave(held.peek());
      error.value = undefined;
      next?.();
    } catch (fault) {
      const refused = asApiError(fault);
      if (refused.status === 412 && onStale) onStale();
      else error.value = refused;
    } finally {
      busy.value = false;
    }
  };
  const edit = (change: Partial<Draft>) => {
    held.value = { ...held.peek(), ...change };
  };
  const writable = may("manage");
  useCommands(
    writable
      ? [
          {
            id: "actions.save",
            label: "Save the action",
            icon: Save,
            group: "Actions",
            keys: "mod s",
            run: save,
          },
        ]
      : [],
  );
  const section = { draft, edit };
  const names = [...knownInputs(draft).map((one) => one.name), ...secrets];
  return (
    <Page
      title={title}
      back={{ href: "/actions", label: "Actions" }}
      actions={
        <>
          {dirty && <span class="small soft">Not saved</span>}
          {onHistory && (
            <Button icon={HistoryMark} onClick={onHistory}>
              History
            </Button>
          )}
          {writable && (
            <Button
              kind="primary"
              icon={Save}
              type="submit"
              form={FORM}
              busy={busy.value}
              disabled={stored !== undefined && !dirty}
            >
              {stored ? "Save" : "Create action"}
            </Button>
          )}
          {onDelete && writable && (
            <Menu
              label="More for this action"
              items={[{ label: "Delete", icon: Trash2, danger: true, onPick: onDelete }]}
            />
          )}
        </>
      }
    >
      {notice}
      {!writable && (
        <Banner kind="info">
          You can look at this action; changing it needs the scope manage.
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
          <TestPanel
            draft={draft}
            stored={stored}
            dirty={dirty}
            onRefused={(refused) => {
              error.value = refused;
            }}
          />
        }
      >
        <Form id={FORM} class="stack actions-form" onSubmit={save} error={refusal}>
          {!stored && <KindPicker {...section} />}
          {stored && !KINDS[draft.kind].works && <Unavailable action={stored} />}
          <General {...section} />
          {draft.kind === "http" && <Request {...section} names={names} />}
          <InputsSection {...section} />
          <Running {...section} />
        </Form>
      </SplitView>
    </Page>
  );
}

function Unavailable({ action }: { action: Action }) {
  const { label } = KINDS[action.handler.type];
  return (
    <Card title={label}>
      <div class="stack">
        <Banner kind="info">
          “{label}” actions are kept, but this version of Deftly cannot run them yet.
        </Banner>
        <pre class="code-block">{indented(action.handler)}</pre>
      </div>
    </Card>
  );
}
