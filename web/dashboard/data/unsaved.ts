/** Changes that are not saved yet, kept in this tab over a reload or a step elsewhere. */
import { useLayoutEffect } from "preact/hooks";
import { sameJson } from "./json.ts";
import { session } from "./session.ts";

export interface Unsaved<Draft, Base> {
  /** What the changes began with. */
  start: Draft;
  draft: Draft;
  /** What was stored when they began; nothing for what is new. */
  base?: Base;
  at: string;
}

export interface Keeping<Draft, Base> {
  /** What was typed and not saved; undefined if nothing was, or it cannot be read any more. */
  unsavedOf: (what: string) => Unsaved<Draft, Base> | undefined;
  forgetUnsaved: (what: string) => void;
  /** Keep a draft for as long as it differs from its start. */
  useUnsaved: (what: string, draft: Draft, start: Draft, base?: Base) => void;
}

// The tab's own storage: a draft may hold a credential that is not taken out yet.
const PREFIX = "deftly.unsaved.";

/** Keep drafts of one form; `area` sets them apart from those of others. */
export function keeping<Draft extends object, Base>(
  area: string,
  empty: Draft,
): Keeping<Draft, Base> {
  const keyOf = (what: string) => {
    const who = session.peek();
    return `${PREFIX}${who.state === "in" ? who.caller.id : ""}.${area}${what}`;
  };
  const forgetUnsaved = (what: string) => sessionStorage.removeItem(keyOf(what));
  return {
    unsavedOf(what) {
      try {
        const kept = JSON.parse(sessionStorage.getItem(keyOf(what)) ?? "null");
        if (!kept?.draft || !kept.start) return undefined;
        // An older page may have known fewer members.
        const [draft, start]: Draft[] = [kept.draft, kept.start].map((one) => ({
          ...empty,
          ...one,
        }));
        return draft && start && !sameJson(draft, start) ? { ...kept, draft, start } : undefined;
      } catch {
        return undefined;
      }
    },
    forgetUnsaved,
    useUnsaved(what, draft, start, base) {
      const dirty = !sameJson(draft, start);
      // biome-ignore lint/correctness/useExhaustiveDependencies: written as soon as the draft changes
      useLayoutEffect(() => {
        if (!dirty) return forgetUnsaved(what);
        const kept: Unsaved<Draft, Base> = { start, draft, at: new Date().toISOString() };
        try {
          sessionStorage.setItem(keyOf(what), JSON.stringify(base ? { ...kept, base } : kept));
        } catch {
          // Full, or forbidden here: leaving still asks.
        }
      }, [what, draft, dirty]);
    },
  };
}
