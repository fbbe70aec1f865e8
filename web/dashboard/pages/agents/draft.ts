/** What a person edits of an agent, and how two people's edits come together. */
import type { Schemas } from "#protocol";
import { sameJson } from "../../data/json.ts";
import { changedIn, type Merged, mergedWith } from "../../data/merging.ts";
import type { Agent } from "./agents.ts";

type Embed = NonNullable<Agent["embed"]>;

/** Lists are kept as the text they are typed in: one entry a line. */
export interface Draft {
  title: string;
  enabled: boolean;
  instructions: string;
  model: string;
  actions: "all" | readonly string[];
  greeting: string;
  suggestedQuestions: string;
  allowedOrigins: string;
  allowPageContext: boolean;
  embed: Embed;
}

export type FieldName = keyof Draft;

export const FIELDS: Readonly<Record<FieldName, string>> = {
  title: "Title",
  enabled: "Enabled",
  instructions: "Instructions",
  model: "Model",
  actions: "Actions",
  greeting: "Greeting",
  suggestedQuestions: "Suggested questions",
  allowedOrigins: "Allowed origins",
  allowPageContext: "Page context",
  embed: "Look on a page",
};

export function draftOf(agent: Agent): Draft {
  return {
    title: agent.title ?? "",
    enabled: agent.enabled ?? true,
    instructions: agent.instructions ?? "",
    model: agent.model ?? "",
    actions: agent.actions ?? "all",
    greeting: agent.greeting ?? "",
    suggestedQuestions: (agent.suggestedQuestions ?? []).join("\n"),
    allowedOrigins: (agent.allowedOrigins ?? []).join("\n"),
    allowPageContext: agent.allowPageContext ?? false,
    embed: filled(agent.embed ?? {}),
  };
}

/** What is chosen of a look; the server tells the rest as null. */
export function filled(embed: Embed): Embed {
  return Object.fromEntries(
    Object.entries(embed).filter(([, value]) => value !== null && value !== ""),
  );
}

const LISTS: ReadonlySet<FieldName> = new Set(["suggestedQuestions", "allowedOrigins"]);

/** Empty lines make no difference. */
function same(a: Draft, b: Draft, field: FieldName): boolean {
  const [one, other] = [a[field], b[field]].map((value) =>
    LISTS.has(field) ? linesOf(String(value)) : value,
  );
  return sameJson(one, other);
}

/** The fields that are not the same in both. */
export function changed(before: Draft, after: Draft): FieldName[] {
  return changedIn(before, after, same);
}

/** What to send: the changed fields alone. */
export function patchOf(before: Draft, after: Draft): Schemas["AgentPatch"] {
  const all = {
    ...after,
    actions: after.actions === "all" ? ("all" as const) : [...after.actions],
    suggestedQuestions: linesOf(after.suggestedQuestions),
    allowedOrigins: linesOf(after.allowedOrigins),
  };
  return Object.fromEntries(changed(before, after).map((field) => [field, all[field]]));
}

export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Bring what somebody else stored into a draft that started from `base`. */
export function merge(base: Draft, ours: Draft, theirs: Draft): Merged<Draft> {
  return mergedWith(base, ours, theirs, same);
}
