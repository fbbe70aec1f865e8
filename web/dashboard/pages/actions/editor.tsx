/** The form of an action with the test beside it; whoever draws it says how it is saved. */
import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { Banner, Button, Form, Page, SplitView, Time } from "#ui";
import type { ApiError } from "../../data/api.ts";
import { useResource } from "../../data/resource.ts";
import { place, useGuard } from "../../frame/router.ts";
import "./actions.css";
import "./editor.css";
import { isolationOf } from "../../data/health.ts";
import { sameJson } from "../../data/json.ts";
import { secretNames } from "./actions.ts";
import { type Action, type Draft, hasWidget } from "./draft.ts";
import { General } from "./general.tsx";
import { InputsSection, knownInputs } from "./inputs-section.tsx";
import { KindLine, KindPicker } from "./kind-picker.tsx";
import { useOffers } from "./offers.ts";
import { Program } from "./program.tsx";
import type { CodeFault } from "./program-text.ts";
import { Request } from "./request.tsx";
import { whyLocked } from "./rights.ts";
import { Running } from "./running.tsx";
import { FORM, Tools, useSaving } from "./saving.tsx";
import { TestPanel } from "./test-panel.tsx";
import { forgetUnsaved, unsavedOf, useUnsaved } from "./unsaved.ts";
import { Widget } from "./widget.tsx";

export interface Section {
  draft: Draft;
  edit: (change: Partial<Draft>) => void;
}

export interface EditorProps {
  title: string;
  /** What leaving loses nothing of. */
  start: Draft;
  draft?: Signal<Draft>;
  stored?: Action;
  /** When changes were kept that are on screen again. */
  restored?: string | undefined;
  notice?: ComponentChildren;
  warnings?: readonly string[];
  /** Resolves with where to go on, if not here. */
  onSave: (draft: Draft) => Promise<(() => void) | undefined>;
  /** The server refused because somebody else was faster. */
  onStale?: () => void;
  onHistory?: () => void;
  onDelete?: () => void;
}

const LEAVING =
  "The action has changes that are not saved. This tab keeps them, and shows them when you open it again.";

export function Editor(props: EditorProps) {
  const { title, start, stored, notice } = props;
  const what = stored?.id ?? `new${place.peek().query}`;
  const own = useSignal(start);
  const held = props.draft ?? own;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it was opened with
  const opened = useMemo(() => held.peek(), []);
  const origin = stored ? start : opened;
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked for once
  const kept = useMemo(() => {
    const found = stored ? undefined : unsavedOf(what);
    if (!found || !sameJson(found.start, origin)) return undefined;
    held.value = found.draft;
    return found;
  }, []);
  const draft = held.value;
  const restored = useSignal(props.restored ?? kept?.at);
  const error = useSignal<ApiError | undefined>(undefined);
  const fault = useSignal<CodeFault | undefined>(undefined);
  const dirty = !sameJson(draft, start);
  useGuard(dirty ? LEAVING : undefined);
  useUnsaved(what, draft, origin, stored);
  const { busy, save } = useSaving(props, held, error, () => {
    forgetUnsaved(what);
    restored.value = undefined;
  });
  const edit = (change: Partial<Draft>) => {
    held.value = { ...held.peek(), ...change };
  };
  const locked = whyLocked(stored);
  // Where it cannot run is told beside its type, as long as that is so.
  const warnings = props.warnings?.filter((one) => one !== isolationOf(draft.kind)?.message) ?? [];
  return (
    <Page
      title={title}
      back={{ href: "/actions", label: "Actions" }}
      actions={<Tools {...props} dirty={dirty} busy={busy} />}
    >
      {notice}
      {locked && <Banner kind="info">{locked}</Banner>}
      {restored.value && !sameJson(draft, origin) && (
        <Banner
          kind="info"
          action={
            <Button
              size="small"
              onClick={() => {
                held.value = origin;
                restored.value = undefined;
              }}
            >
              Discard changes
            </Button>
          }
        >
          What you typed is back: it was not saved when you left, <Time at={restored.value} />.
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
            edit={edit}
            stored={stored}
            onRefused={(refused) => {
              error.value = refused;
            }}
            onFault={(found) => {
              fault.value = found;
            }}
          />
        }
      >
        <Form id={FORM} class="stack" onSubmit={save} error={error.value}>
          <fieldset class="stack long-form" disabled={locked !== undefined}>
            <Sections draft={draft} edit={edit} stored={stored} fault={fault.value} />
          </fieldset>
        </Form>
      </SplitView>
    </Page>
  );
}

interface SectionsProps extends Section {
  stored: Action | undefined;
  fault: CodeFault | undefined;
}

function Sections({ stored, fault, ...section }: SectionsProps) {
  const { kind } = section.draft;
  const secrets = useResource(secretNames).value.value;
  const { inText, inBody, inCommand, inCode } = useOffers(knownInputs(section.draft), secrets);
  return (
    <>
      {stored ? <KindLine shape={kind} /> : <KindPicker {...section} />}
      <General {...section} />
      {(kind === "http" || kind === "httpWidget") && (
        <Request {...section} placeholders={inText} inBody={inBody} />
      )}
      {(kind === "code" || kind === "client" || kind === "shell") && (
        <Program {...section} kind={kind} placeholders={inCommand} members={inCode} fault={fault} />
      )}
      {hasWidget(kind) && <Widget {...section} />}
      <InputsSection {...section} />
      <Running {...section} />
    </>
  );
}
