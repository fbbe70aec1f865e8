/** What can be done from the keyboard: the palette's list and the shortcuts. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Icon } from "#ui";

export interface Command {
  /** Unique: `keys.create`. */
  id: string;
  /** As the palette shows it: "Create an API key". */
  label: string;
  icon?: Icon;
  /** A heading in the palette and in the list of shortcuts. */
  group: string;
  /** `mod k`, `?`, or two keys one after the other: `g a`. */
  keys?: string;
  /** Other words it is found by. */
  words?: string;
  /** For the keyboard alone: the palette does not offer it. */
  keysOnly?: boolean;
  run: () => void;
}

export const commands = signal<readonly Command[]>([]);

export function addCommands(added: readonly Command[]): () => void {
  const ids = new Set(added.map((one) => one.id));
  commands.value = [...added, ...commands.peek().filter((one) => !ids.has(one.id))];
  return () => {
    commands.value = commands.peek().filter((one) => !added.includes(one));
  };
}

/** Offer commands for as long as the component is drawn; they may close over its state. */
export function useCommands(added: readonly Command[]): void {
  useEffect(() => addCommands(added));
}

/** Commands that fit what was typed, the best first. */
export function search(all: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return all
    .map((command) => ({ command, score: score(command, words) }))
    .filter(({ score }) => score >= 0)
    .sort((a, b) => b.score - a.score)
    .map(({ command }) => command);
}

function score({ label, words = "", group }: Command, wanted: readonly string[]): number {
  const text = label.toLowerCase();
  const all = `${text} ${words.toLowerCase()} ${group.toLowerCase()}`;
  let sum = 0;
  for (const word of wanted) {
    if (!all.includes(word)) return -1;
    if (text.startsWith(word)) sum += 3;
    else if (text.includes(` ${word}`)) sum += 2;
    else if (text.includes(word)) sum += 1;
  }
  return sum;
}

/** The keys of an event as commands spell them. */
export function keyOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.metaKey || event.ctrlKey ? `mod ${key}` : key;
}

const SEQUENCE_MS = 900;

/** Run commands by their keys; typing into a field runs only those with Ctrl or Cmd. */
export function startShortcuts(): void {
  let before = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  document.addEventListener("keydown", (event) => {
    const key = keyOf(event);
    const blocked =
      event.defaultPrevented || event.altKey || document.querySelector("dialog[open]");
    if (blocked || (isTyping(event) && !key.startsWith("mod "))) return;
    const pressed = before ? `${before} ${key}` : key;
    const all = commands.peek();
    const command = all.find((one) => one.keys === pressed) ?? all.find((one) => one.keys === key);
    clearTimeout(timer);
    before = "";
    if (command) {
      event.preventDefault();
      command.run();
    } else if (all.some((one) => one.keys?.startsWith(`${key} `))) {
      before = key;
      timer = setTimeout(() => {
        before = "";
      }, SEQUENCE_MS);
    }
  });
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select"))
  );
}
