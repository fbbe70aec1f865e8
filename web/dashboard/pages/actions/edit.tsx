/** A stored action: loaded, followed while it is open, saved over the version that was seen. */
import { batch, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Schemas } from "#protocol";
import { Failure, FormSkeleton, failed, Page, told } from "#ui";
import { api } from "../../data/api.ts";
import { sameJson } from "../../data/json.ts";
import { resource, useResource } from "../../data/resource.ts";
import type { PathNames } from "../../frame/pages.ts";
import { go } from "../../frame/router.ts";
import { newWarnings, remove } from "./actions.ts";
import { Conflict } from "./conflict.tsx";
import { type Action, type Draft, definitionOf, draftOf, patchOf } from "./draft.ts";
import { Editor } from "./editor.tsx";
import { History } from "./history.tsx";
import { Notices } from "./notices.tsx";
import { unsavedOf } from "./unsaved.ts";

const ALL = "/api/custom-actions";
const PATH = "/api/custom-actions/{action_id}";

export default function EditPage({ id = "" }: PathNames) {
  const stored = useMemo(
    () =>
      resource({
        load: (signal) => api.get(PATH, { path: { action_id: id }, signal }),
        on: ["action.changed", "action.deleted"],
      }),
    [id],
  );
  const { value, error, refresh } = useResource(stored);
  const found = value.value;
  if (found)
    return (
      <Opened
        latest={found.action}
        fileProblem={found.fileProblem}
        gone={error.value?.status === 404}
        refresh={refresh}
      />
    );
  return (
    <Page title="Action" back={{ href: "/actions", label: "Actions" }}>
      {error.value ? <Failure error={error.value} onRetry={refresh} /> : <FormSkeleton />}
    </Page>
  );
}

interface OpenedProps {
  latest: Action;
  fileProblem: Schemas["FileWarning"] | null;
  gone: boolean;
  refresh: () => Promise<void>;
}

function Opened({ latest, fileProblem, gone, refresh }: OpenedProps) {
  const unsaved = useMemo(() => unsavedOf(latest.id), [latest.id]);
  const base = useSignal(unsaved?.base ?? latest);
  const draft = useSignal(unsaved?.draft ?? draftOf(latest));
  const warnings = useSignal<readonly string[]>(newWarnings.get(latest.id) ?? []);
  const comparing = useSignal(false);
  const history = useSignal(false);
  const dirty = !sameJson(draft.value, draftOf(base.value));
  const newer = (latest.version ?? 0) > (base.value.version ?? 0);
  const take = (action: Action) =>
    batch(() => {
      base.value = action;
      draft.value = draftOf(action);
      warnings.value = [];
      comparing.value = false;
    });
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once for each version that comes
  useEffect(() => {
    newWarnings.delete(latest.id);
    if (!newer || dirty) return;
    take(latest);
    told("This action was changed elsewhere; you see its new version.");
  }, [latest]);
  const save = async (changed: Draft) => {
    const options = { path: { action_id: latest.id }, ifMatch: `"${base.peek().version}"` };
    const saved = await api.put(PATH, patchOf(changed, base.peek()), options);
    batch(() => {
      take(saved.action);
      warnings.value = saved.warnings.map((one) => one.message);
    });
    told(`${saved.action.name.toLowerCase()} is saved.`);
    await refresh();
    return undefined;
  };
  const leave = (path: string) => {
    draft.value = draftOf(base.peek());
    // Once the guard has seen that nothing would be lost.
    requestAnimationFrame(() => go(path, { replace: true }));
  };
  const keep = async () => {
    try {
      const { action } = await api.post(ALL, definitionOf(draft.peek(), base.peek()));
      leave(`/actions/${action.id}`);
      told(`${action.name.toLowerCase()} is created.`);
    } catch (fault) {
      failed(fault);
    }
  };
  return (
    <>
      <Editor
        title={base.value.name.toLowerCase()}
        start={draftOf(base.value)}
        draft={draft}
        stored={base.value}
        restored={unsaved?.at}
        notice={
          <Notices
            base={base.value}
            latest={latest}
            gone={gone}
            dirty={dirty}
            fileProblem={fileProblem}
            onCompare={() => {
              comparing.value = true;
            }}
            onKeep={keep}
          />
        }
        warnings={warnings.value}
        onSave={save}
        onStale={async () => {
          await refresh();
          comparing.value = true;
        }}
        onHistory={() => {
          history.value = true;
        }}
        onDelete={async () => {
          if (await remove(base.value)) leave("/actions");
        }}
      />
      {comparing.value && (
        <Conflict
          base={base.value}
          latest={latest}
          mine={draft.value}
          onTake={() => take(latest)}
          onMerge={(merged) =>
            batch(() => {
              base.value = latest;
              draft.value = merged;
              comparing.value = false;
            })
          }
          onClose={() => {
            comparing.value = false;
          }}
        />
      )}
      {history.value && (
        <History
          action={latest}
          dirty={dirty}
          onRestored={(restored) => {
            take(restored);
            refresh();
          }}
          onClose={() => {
            history.value = false;
          }}
        />
      )}
    </>
  );
}
