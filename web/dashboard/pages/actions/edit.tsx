/** A stored action: loaded, followed while it is open, saved over the version that was seen. */
import { batch, useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { Banner, Button, Card, Failure, Page, Skeleton, SplitView, told } from "#ui";
import { api } from "../../data/api.ts";
import { resource, useResource } from "../../data/resource.ts";
import type { PathNames } from "../../frame/pages.ts";
import { go } from "../../frame/router.ts";
import { newWarnings, remove } from "./actions.ts";
import { Conflict } from "./conflict.tsx";
import { type Action, type Draft, draftOf, patchOf } from "./draft.ts";
import { Editor } from "./editor.tsx";
import { History } from "./history.tsx";
import { sameJson } from "./inputs.ts";
import { unsavedOf } from "./unsaved.ts";

const PATH = "/api/custom-actions/{action_id}";

export default function EditPage({ id = "" }: PathNames) {
  const stored = useMemo(
    () =>
      resource({
        load: async (signal) => (await api.get(PATH, { path: { action_id: id }, signal })).action,
        on: ["action.changed", "action.deleted"],
      }),
    [id],
  );
  const { value, error, refresh } = useResource(stored);
  const action = value.value;
  if (action)
    return <Opened latest={action} gone={error.value?.status === 404} refresh={refresh} />;
  return (
    <Page title="Action" back={{ href: "/actions", label: "Actions" }}>
      {error.value ? (
        <Failure error={error.value} onRetry={refresh} />
      ) : (
        <SplitView side={<Bars />}>
          <Bars />
        </SplitView>
      )}
    </Page>
  );
}

function Bars() {
  return (
    <Card>
      <div class="stack">
        <Skeleton width="30%" />
        <Skeleton width="90%" />
        <Skeleton width="70%" />
        <Skeleton width="80%" />
      </div>
    </Card>
  );
}

interface OpenedProps {
  latest: Action;
  gone: boolean;
  refresh: () => Promise<void>;
}

function Opened({ latest, gone, refresh }: OpenedProps) {
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
  const notice = (
    <>
      {gone && (
        <Banner kind="bad">This action was deleted elsewhere; it can no longer be saved.</Banner>
      )}
      {!gone && newer && dirty && (
        <Banner
          kind="warn"
          action={
            <Button
              size="small"
              onClick={() => {
                comparing.value = true;
              }}
            >
              Compare
            </Button>
          }
        >
          Somebody changed this action while you did: it is at version {latest.version} now, yours
          began at {base.value.version}.
        </Banner>
      )}
    </>
  );
  return (
    <>
      <Editor
        title={base.value.name.toLowerCase()}
        start={draftOf(base.value)}
        draft={draft}
        stored={base.value}
        restored={unsaved?.at}
        notice={notice}
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
          if (await remove(base.value)) {
            draft.value = draftOf(base.value);
            // Once the guard has seen that nothing would be lost.
            requestAnimationFrame(() => go("/actions", { replace: true }));
          }
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
          action={base.value}
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
