/** A new widget: out of the gallery, out of words, or from nothing. */
import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Banner, Failure, Page, Skeleton, told } from "#ui";
import { type ApiError, api, asApiError } from "../../data/api.ts";
import { useResource } from "../../data/resource.ts";
import { go, place } from "../../frame/router.ts";
import { Choose } from "./choose.tsx";
import { creationOf, type Draft, draftOf, EMPTY } from "./draft.ts";
import { Editor } from "./editor.tsx";
import { proposed } from "./proposal.ts";
import { forgetUnsaved, unsavedOf, useUnsaved } from "./unsaved.ts";
import { gallery, newWarnings, pathOf, widgets } from "./widgets.ts";

const BACK = { href: "/widgets", label: "Widgets" };

export default function CreatePage() {
  const { query } = place.value;
  const sample = query.get("sample");
  const copy = query.get("copy");
  const proposal = proposed(query.get("proposed") ?? "");
  if (sample) return <FromList key={sample} of={gallery} name={sample} />;
  if (copy) return <FromList key={copy} of={widgets} name={copy} copied />;
  if (proposal) return <Create start={draftOf(proposal.definition)} warnings={proposal.warnings} />;
  if (query.has("empty")) return <Create start={EMPTY} />;
  return <Choose />;
}

interface FromListProps {
  of: typeof gallery | typeof widgets;
  name: string;
  copied?: boolean;
}

function FromList({ of, name, copied }: FromListProps) {
  const { value, error, refresh } = useResource<Parameters<typeof draftOf>[0][] | undefined>(
    of as never,
  );
  const found = value.value?.find((one) => one.name === name);
  if (found) return <Create start={{ ...draftOf(found), ...(copied ? { name: "" } : {}) }} />;
  const missing = value.value && { message: `There is no widget called ${name} to begin with.` };
  const fault = missing ?? error.value;
  return (
    <Page title="New widget" back={BACK}>
      {fault ? <Failure error={fault} onRetry={refresh} /> : <Skeleton width="60%" />}
    </Page>
  );
}

interface CreateProps {
  start: Draft;
  warnings?: readonly string[];
}

function Create({ start, warnings = [] }: CreateProps) {
  const what = `new${place.peek().query}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked for once
  const kept = useMemo(() => unsavedOf(what), []);
  const draft = useSignal(kept?.draft ?? start);
  const restored = useSignal(kept?.at);
  const busy = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  const dirty = JSON.stringify(draft.value) !== JSON.stringify(start);
  useUnsaved(what, draft.value, start);
  const save = async (withAction: boolean) => {
    if (busy.peek()) return;
    busy.value = true;
    try {
      const { widget, warnings, action } = await api.post(
        "/api/widgets",
        creationOf(draft.peek(), withAction),
      );
      forgetUnsaved(what);
      newWarnings.set(
        widget.id,
        warnings.map((one) => one.message),
      );
      widgets.refresh();
      told(
        action
          ? `${widget.name} is created, with an action that shows it.`
          : `${widget.name} is created.`,
      );
      go(pathOf(widget.name), { replace: true });
    } catch (fault) {
      error.value = asApiError(fault);
    } finally {
      busy.value = false;
    }
  };
  return (
    <Editor
      title="New widget"
      stored={false}
      draft={draft.value}
      edit={(change) => {
        draft.value = { ...draft.peek(), ...change };
      }}
      dirty={dirty}
      busy={busy.value}
      error={error.value}
      onSave={save}
      restored={restored.value}
      onDiscard={() => {
        draft.value = start;
        restored.value = undefined;
      }}
      notice={
        warnings.length > 0 && (
          <Banner kind="warn">
            <strong>A draft, not saved yet. Look at this:</strong>
            {warnings.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </Banner>
        )
      }
    />
  );
}
