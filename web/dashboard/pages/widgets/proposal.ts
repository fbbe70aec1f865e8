/** A definition a model has drafted, on its way into the editor. */
import { go } from "../../frame/router.ts";
import type { Said } from "./draft.ts";

export interface Proposal {
  definition: Said;
  /** What its author should know. */
  warnings: readonly string[];
}

// A reload keeps it.
const KEY = "deftly.widget-proposal";

/** Open it in the editor, unsaved. */
export function propose(proposal: Proposal): Promise<void> {
  const id = Date.now().toString(36);
  sessionStorage.setItem(KEY, JSON.stringify({ id, ...proposal }));
  return go(`/widgets/new?proposed=${id}`);
}

/** What was proposed; undefined if that is long ago, or was in another tab. */
export function proposed(id: string): Proposal | undefined {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  return kept?.id === id ? (kept as Proposal) : undefined;
}
