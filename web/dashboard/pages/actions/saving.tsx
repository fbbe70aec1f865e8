/** Saving an action from its editor: the buttons above it, the keys, and what a refusal shows. */
import { type Signal, useSignal } from "@preact/signals";
import { History as HistoryMark, Save, Trash2 } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { Button, Menu } from "#ui";
import { type ApiError, asApiError } from "../../data/api.ts";
import { may } from "../../data/session.ts";
import { useCommands } from "../../frame/commands.ts";
import type { Draft } from "./draft.ts";
import type { EditorProps } from "./editor.tsx";
import { whyLocked } from "./rights.ts";

export const FORM = "action-form";

/** `onSaved` is called before the page may be left. */
export function useSaving(
  { onSave, onStale }: Pick<EditorProps, "onSave" | "onStale">,
  held: Signal<Draft>,
  error: Signal<ApiError | undefined>,
  onSaved: () => void,
) {
  const busy = useSignal(false);
  const refusal = error.value;
  useEffect(() => {
    if (!refusal) return;
    // What the refusal is about may have no control that takes the focus: it is shown at least.
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
      onSaved();
      next?.();
    } catch (fault) {
      const refused = asApiError(fault);
      if (refused.status === 412 && onStale) onStale();
      else error.value = refused;
    } finally {
      busy.value = false;
    }
  };
  useCommands(
    may("manage")
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
  return { busy: busy.value, save };
}

interface ToolsProps extends Pick<EditorProps, "stored" | "onHistory" | "onDelete"> {
  dirty: boolean;
  busy: boolean;
}

export function Tools({ stored, onHistory, onDelete, dirty, busy }: ToolsProps) {
  const writable = whyLocked(stored) === undefined;
  return (
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
          busy={busy}
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
  );
}
