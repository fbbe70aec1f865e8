/** A new action, from nothing or from a copy. */
import { type Signal, useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { Banner, Failure, Page, Skeleton, told } from "#ui";
import { api } from "../../data/api.ts";
import { resource, useResource } from "../../data/resource.ts";
import { go, place } from "../../frame/router.ts";
import { templateOf } from "../import/templates.ts";
import { newWarnings } from "./actions.ts";
import { type Draft, definitionOf, draftOf, EMPTY } from "./draft.ts";
import { Editor } from "./editor.tsx";
import { draftOfDefinition, type Proposal, proposed } from "./proposal.ts";
import { unsavedOf } from "./unsaved.ts";

export default function CreatePage() {
  const { query } = place.value;
  const from = query.get("from");
  const template = templateOf(query.get("template"));
  const proposal = proposed(query.get("proposed") ?? "");
  if (from) return <Copied id={from} />;
  if (template) return <Create start={draftOfDefinition(template.definition)} />;
  if (proposal) return <Proposed proposal={proposal} />;
  return <Create start={EMPTY} notice={<OtherWays />} />;
}

function OtherWays() {
  return (
    <p class="soft">
      Or <a href="/actions/import?from=words">describe it</a>, paste a{" "}
      <a href="/actions/import?from=curl">cURL command</a>, or bring an{" "}
      <a href="/actions/import?from=file">OpenAPI file</a>.
    </p>
  );
}

function Proposed({ proposal: { definition, warnings } }: { proposal: Proposal }) {
  // Compared with nothing, all of it is unsaved; what was typed since comes back after a reload.
  const typed = useMemo(() => unsavedOf(`new${place.peek().query}`), []);
  const draft = useSignal(typed?.draft ?? draftOfDefinition(definition));
  const notice = warnings.length > 0 && (
    <Banner kind="warn">
      <strong>A draft, not saved yet. Look at this:</strong>
      {warnings.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </Banner>
  );
  return <Create start={EMPTY} draft={draft} notice={notice} />;
}

interface CreateProps {
  start: Draft;
  draft?: Signal<Draft>;
  notice?: ComponentChildren;
}

function Create(props: CreateProps) {
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
  return <Editor title="New action" {...props} onSave={save} />;
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
