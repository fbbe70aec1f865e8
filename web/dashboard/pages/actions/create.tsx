/** A new action, from nothing or from a copy. */
import { useMemo } from "preact/hooks";
import { Failure, Page, Skeleton, told } from "#ui";
import { api } from "../../data/api.ts";
import { resource, useResource } from "../../data/resource.ts";
import { go, place } from "../../frame/router.ts";
import { newWarnings } from "./actions.ts";
import { type Draft, definitionOf, draftOf, EMPTY } from "./draft.ts";
import { Editor } from "./editor.tsx";

export default function CreatePage() {
  const from = place.value.query.get("from");
  return from ? <Copied id={from} /> : <Create start={EMPTY} />;
}

function Create({ start }: { start: Draft }) {
  const save = async (draft: Draft) => {
    const made = await api.post("/api/custom-actions", definitionOf(draft));
    newWarnings.set(
      made.action.id,
      made.warnings.map((one) => one.message),
    );
    told(`${made.action.name.toLowerCase()} is created.`);
    return () => {
      go(`/actions/${made.action.id}`, { replace: true });
    };
  };
  return <Editor title="New action" start={start} onSave={save} />;
}

function Copied({ id }: { id: string }) {
  const source = useMemo(
    () =>
      resource({
        load: async (signal) =>
          (await api.get("/api/custom-actions/{action_id}", { path: { action_id: id }, signal }))
            .action,
      }),
    [id],
  );
  const { value, error, refresh } = useResource(source);
  const action = value.value;
  if (action) return <Create start={{ ...draftOf(action), name: "" }} />;
  return (
    <Page title="New action" back={{ href: "/actions", label: "Actions" }}>
      {error.value ? <Failure error={error.value} onRetry={refresh} /> : <Skeleton width="60%" />}
    </Page>
  );
}
