/** A definition that nobody has stored yet, on its way into the editor. */
import type { Schemas } from "#protocol";
import { go } from "../../frame/router.ts";
import { type Action, type Definition, type Draft, draftOf } from "./draft.ts";
import { type Input, inputsInSchema, schemaOf, TYPES } from "./inputs.ts";

export interface Proposal {
  definition: Definition;
  /** What its author should know. */
  warnings: readonly string[];
}

// A reload keeps it; it holds no credential, as the server takes them out.
const KEY = "deftly.proposal";

interface Kept extends Proposal {
  id: string;
}

/** Open it in the editor, unsaved. */
export function propose(proposal: Proposal): Promise<void> {
  const id = Date.now().toString(36);
  const kept: Kept = { id, ...proposal };
  sessionStorage.setItem(KEY, JSON.stringify(kept));
  return go(`/actions/new?proposed=${id}`);
}

/** What was proposed; undefined if that is long ago, or was in another tab. */
export function proposed(id: string): Proposal | undefined {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Kept | null;
  return kept?.id === id ? kept : undefined;
}

/** The form of a definition that the server has not completed. */
export function draftOfDefinition(definition: Definition): Draft {
  const inputSchema = definition.inputSchema ?? schemaOf((definition.parameters ?? []).map(input));
  const inputs = inputsInSchema(JSON.stringify(inputSchema)) ?? [];
  const parameters = inputs.map(({ choices: _, ...one }) => one);
  return draftOf({ ...definition, parameters, inputSchema } as unknown as Action);
}

function input({ name, type, description, required }: Schemas["DraftParameter"]): Input {
  const known = TYPES.find((one) => one === type) ?? "string";
  return { name, type: known, description: description ?? "", required: required ?? false };
}
