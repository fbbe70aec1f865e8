/** Who may change an action: the rule of the server, to say it before a refusal does. */
import { may } from "../../data/session.ts";
import type { Action } from "./draft.ts";
import { KINDS } from "./kinds.ts";

/** Why the person may not change it; undefined where they may. */
export function whyLocked(action: Action | undefined): string | undefined {
  if (!may("manage")) return "You can look at this action; an editor or an owner changes it.";
  if (!action || may("own") || !KINDS[action.handler.type].owners) return undefined;
  return "Only an owner changes an action that runs such code; you can look at it and, while it is on, test it.";
}
