/** What was typed into the editor of an action and is not saved. */
import { keeping } from "../../data/unsaved.ts";
import { type Action, type Draft, EMPTY } from "./draft.ts";

export const { unsavedOf, forgetUnsaved, useUnsaved } = keeping<Draft, Action>("", EMPTY);
