/** What the launcher says; an owner's own words come first. */
import type { Texts } from "./options.ts";

export interface LauncherWords {
  open: string;
  close: string;
  unread: string;
  unreachable: string;
}

const ENGLISH: LauncherWords = {
  open: "Open chat",
  close: "Close chat",
  unread: "{count} new",
  unreachable: "The chat cannot be reached.",
};

const GERMAN: LauncherWords = {
  open: "Chat öffnen",
  close: "Chat schließen",
  unread: "{count} neu",
  unreachable: "Der Chat ist nicht erreichbar.",
};

export function wordsIn(language: string, own: Texts): LauncherWords {
  return { ...(/^de/i.test(language) ? GERMAN : ENGLISH), ...own };
}
