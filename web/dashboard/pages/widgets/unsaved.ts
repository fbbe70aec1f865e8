/** What was typed into the editor of a widget and is not saved. */
import { keeping } from "../../data/unsaved.ts";
import { type Draft, EMPTY } from "./draft.ts";
import type { Stored } from "./widgets.ts";

export const { unsavedOf, forgetUnsaved, useUnsaved } = keeping<Draft, Stored>("widget.", EMPTY);
