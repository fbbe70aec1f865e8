/** What is being edited of a stored widget, and how it comes together with what others store. */
import { batch, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { told } from "#ui";
import { ApiError, api, asApiError } from "../../data/api.ts";
import { only } from "../../data/merging.ts";
import { go } from "../../frame/router.ts";
import { changed, type Draft, draftOf, type FieldName, merge, patchOf } from "./draft.ts";
import { forgetUnsaved, unsavedOf, useUnsaved } from "./unsaved.ts";
import { newWarnings, type Stored, titleOf } from "./widgets.ts";

const FASTER =
  "Somebody else saved this widget meanwhile. Their changes are in here now; look, and save again.";

interface Storing {
  stored: Stored;
  refresh: () => Promise<void>;
}

export function useStored({ stored, refresh }: Storing) {
  const { id, name } = stored.widget;
  const kept = useMemo(() => unsavedOf(id), [id]);
  const base = useSignal(kept?.base ?? stored);
  const draft = useSignal(kept?.draft ?? draftOf(stored.widget));
  const restored = useSignal(kept?.at);
  const conflicts = useSignal<readonly FieldName[]>([]);
  const warnings = useSignal<readonly string[] | undefined>(newWarnings.get(id));
  const busy = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: signals stay the same
  useEffect(() => {
    newWarnings.delete(id);
    if (stored.etag === base.peek().etag) return;
    const merged = merge(draftOf(base.peek().widget), draft.peek(), draftOf(stored.widget));
    batch(() => {
      base.value = stored;
      draft.value = merged.draft;
      conflicts.value = [...new Set([...conflicts.peek(), ...merged.conflicts])];
    });
  }, [stored]);
  const start = draftOf(base.value.widget);
  const dirty = changed(start, draft.value).length > 0;
  useUnsaved(id, draft.value, start, base.value);
  const set = (change: Partial<Draft>) => {
    draft.value = { ...draft.peek(), ...change };
  };
  const discard = () =>
    batch(() => {
      draft.value = draftOf(base.peek().widget);
      conflicts.value = [];
      restored.value = undefined;
      error.value = undefined;
    });
  const save = async () => {
    if (busy.peek() || !dirty) return;
    busy.value = true;
    try {
      const sent = draft.peek();
      const saved = await api.put("/api/widgets/{name}", patchOf(start, sent), {
        path: { name },
        ifMatch: base.peek().etag,
      });
      batch(() => {
        const now = { ...base.peek(), widget: saved.widget, etag: `"${saved.widget.version}"` };
        base.value = now;
        // The server may write a field in its own way; what was typed since it was sent stays.
        draft.value = merge(sent, draft.peek(), draftOf(saved.widget)).draft;
        warnings.value = saved.warnings.map((one) => one.message);
        conflicts.value = [];
        restored.value = undefined;
        error.value = undefined;
      });
      told(`“${titleOf(saved.widget)}” is saved.`);
      await refresh();
    } catch (fault) {
      const refused = asApiError(fault);
      const late = refused.status === 412;
      error.value = late ? new ApiError(412, refused.code, FASTER) : refused;
      if (late) await refresh();
    } finally {
      busy.value = false;
    }
  };
  return {
    draft: draft.value,
    dirty,
    busy: busy.value,
    error: error.value,
    restored: restored.value,
    conflicts: conflicts.value,
    warnings: warnings.value ?? stored.warnings.map((one) => one.message),
    edit: set,
    onSave: save,
    onDiscard: discard,
    settle(theirs: boolean) {
      if (theirs) set(only(draftOf(base.peek().widget), conflicts.peek()));
      conflicts.value = [];
    },
    leave(path: string) {
      forgetUnsaved(id);
      discard();
      // Once the guard has seen that nothing would be lost.
      requestAnimationFrame(() => go(path, { replace: true }));
    },
  };
}
