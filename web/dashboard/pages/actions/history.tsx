/** Every stored version of an action, what each changed, and the way back. */
import { useSignal } from "@preact/signals";
import { RotateCcw } from "lucide-preact";
import { useMemo } from "preact/hooks";
import { ask, Badge, Button, Dialog, Failure, failed, Skeleton, Time, told } from "#ui";
import { api } from "../../data/api.ts";
import { useNames } from "../../data/principals.ts";
import { resource, useResource } from "../../data/resource.ts";
import { Changes } from "./changes.tsx";
import { differences } from "./differences.ts";
import type { Action } from "./draft.ts";
import { whyLocked } from "./rights.ts";

/** What the server notes as the author of an edit in the file itself. */
const HAND = "file";

interface HistoryProps {
  action: Action;
  dirty: boolean;
  onRestored: (action: Action) => void;
  onClose: () => void;
}

export function History({ action, dirty, onRestored, onClose }: HistoryProps) {
  const { id } = action;
  const busy = useSignal(false);
  const source = useMemo(
    () =>
      resource({
        load: async (signal) => {
          const path = { action_id: id };
          const given = await api.get("/api/custom-actions/{action_id}/revisions", {
            path,
            signal,
          });
          return given.revisions;
        },
        on: ["action.changed"],
      }),
    [id],
  );
  const { value, error, refresh } = useResource(source);
  const nameOf = useNames();
  const restore = async (version: number) => {
    const sure =
      !dirty ||
      (await ask({
        title: `Restore version ${version}?`,
        body: "What you changed and did not save is lost.",
        yes: "Restore",
        danger: true,
      }));
    if (!sure) return;
    busy.value = true;
    try {
      const path = { action_id: id, version: String(version) };
      const saved = await api.post(
        "/api/custom-actions/{action_id}/revisions/{version}/restore",
        undefined,
        { path },
      );
      onRestored(saved.action);
      told(`Version ${version} is back, as version ${saved.action.version}.`);
      onClose();
    } catch (fault) {
      failed(fault);
    } finally {
      busy.value = false;
    }
  };
  const revisions = value.value;
  return (
    <Dialog wide title={`History of ${action.name.toLowerCase()}`} onClose={onClose}>
      {error.value && !revisions && <Failure error={error.value} onRetry={refresh} />}
      {!revisions && !error.value && <Skeleton width="70%" />}
      <ol class="actions-history" reversed>
        {revisions?.map((one, index) => {
          const before = revisions[index + 1];
          const current = one.version === action.version;
          return (
            <li key={one.version}>
              <div class="row wrap">
                <strong>Version {one.version}</strong>
                {current && <Badge tone="accent">current</Badge>}
                <span class="small soft grow">
                  <Time at={one.at} /> ·{" "}
                  {one.author === HAND ? "by hand, in the file" : nameOf(one.author)}
                </span>
                {!current && !whyLocked(action) && (
                  <Button
                    size="small"
                    icon={RotateCcw}
                    busy={busy.value}
                    aria-label={`Restore version ${one.version}`}
                    onClick={() => restore(one.version)}
                  >
                    Restore
                  </Button>
                )}
              </div>
              {before ? (
                <Changes
                  of={differences(before.definition, one.definition)}
                  before="Before"
                  after="Then"
                />
              ) : (
                <p class="small soft">
                  {one.version === 1 ? "As it was created." : "The oldest version that is kept."}
                </p>
              )}
            </li>
          );
        })}
      </ol>
    </Dialog>
  );
}
