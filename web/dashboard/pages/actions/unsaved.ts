/** Changes that are not saved yet, kept in this tab over a reload or a step elsewhere. */
import { useLayoutEffect } from "preact/hooks";
import { session } from "../../data/session.ts";
import { type Action, type Draft, EMPTY } from "./draft.ts";
import { sameJson } from "./inputs.ts";

export interface Unsaved {
  /** What the changes began with. */
  start: Draft;
  draft: Draft;
  /** The stored action they began with; none for a new one. */
  base?: Action;
  at: string;
}

// The tab's own storage: a draft may hold a credential that is not taken out yet.
const PREFIX = "deftly.unsaved.";

function keyOf(what: string): string {
  const who = session.peek();
  return `${PREFIX}${who.state === "in" ? who.caller.id : ""}.${what}`;
}

/** What was typed and not saved; undefined if nothing was, or it cannot be read any more. */
export function unsavedOf(what: string): Unsaved | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(what)) ?? "null") as Unsaved | null;
    if (!kept?.draft || !kept.start) return undefined;
    // An older page may have known fewer members.
    const [draft, start] = [kept.draft, kept.start].map((one) => ({ ...EMPTY, ...one }));
    return draft && start && !sameJson(draft, start) ? { ...kept, draft, start } : undefined;
  } catch {
    return undefined;
  }
}

export function forgetUnsaved(what: string): void {
  sessionStorage.removeItem(keyOf(what));
}

/** Keep a draft for as long as it differs from its start. */
export function useUnsaved(what: string, draft: Draft, start: Draft, base?: Action): void {
  const dirty = !sameJson(draft, start);
  // biome-ignore lint/correctness/useExhaustiveDependencies: written as soon as the draft changes
  useLayoutEffect(() => {
    if (!dirty) return forgetUnsaved(what);
    const kept: Unsaved = { start, draft, at: new Date().toISOString() };
    try {
      sessionStorage.setItem(keyOf(what), JSON.stringify(base ? { ...kept, base } : kept));
    } catch {
      // Full, or forbidden here: leaving still asks.
    }
  }, [what, draft, dirty]);
}
