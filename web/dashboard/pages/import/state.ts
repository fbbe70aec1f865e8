/** One import: what was given, found, picked and stored; it stays while other pages are open. */
import { batch, computed, effect, signal } from "@preact/signals";
import type { Schemas } from "#protocol";
import type { ApiError } from "../../data/api.ts";
import { session } from "../../data/session.ts";
import { actions } from "../actions/actions.ts";
import { type Edit, freeName, type Item, toolOf } from "./items.ts";
import type { Source } from "./reading.ts";
import type { Stored } from "./storing.ts";

export type Refusal = Schemas["ImportRefused"];

export interface Found {
  /** What people call it: a file's name. */
  from: string;
  source: Source;
  items: readonly Item[];
  refused: readonly Refusal[];
}

/** What is being done, while nothing else can be. */
export interface Activity {
  says: string;
  done?: number;
  total?: number;
  stop: AbortController;
}

export const found = signal<Found | undefined>(undefined);
export const selected = signal<ReadonlySet<number>>(new Set());
/** What all saves of this import came to. */
export const stored = signal<Stored | undefined>(undefined);
/** Whether the outcome of a save is looked at, rather than what can be saved. */
export const looking = signal(false);
export const activity = signal<Activity | undefined>(undefined);
/** Why the last thing that was tried failed. */
export const fault = signal<ApiError | undefined>(undefined);
/** What was typed; it stays while something else is drawn in its place. */
export const typed = { words: signal(""), commands: signal(""), baseUrl: signal("") };

/** What is not stored yet. */
export const waiting = computed(() => {
  const gone = new Set(stored.value?.created.map((one) => one.key));
  return (found.value?.items ?? []).filter((one) => !gone.has(one.key));
});
export const existing = computed(
  () => new Set((actions.value.value ?? []).map((one) => one.name.toLowerCase())),
);

export function change(key: number, edit: Edit): void {
  changeAll(new Map([[key, edit]]));
}

function changeAll(edits: ReadonlyMap<number, Edit>): void {
  const now = found.peek();
  if (!now) return;
  const items = now.items.map((one) => {
    const edit = edits.get(one.key);
    return edit ? { ...one, definition: { ...one.definition, ...edit } } : one;
  });
  found.value = { ...now, items };
}

/** Give items names nobody has. */
export function rename(items: readonly Item[]): void {
  const keys = new Set(items.map((one) => one.key));
  const others = waiting.peek().filter((one) => !keys.has(one.key));
  const taken = new Set([...existing.peek(), ...others.map(toolOf)]);
  const edits = new Map<number, Edit>();
  for (const item of items) {
    const name = freeName(item.definition.name, taken);
    taken.add(name);
    edits.set(item.key, { name });
  }
  changeAll(edits);
}

/** Tick or clear. */
export function select(keys: Iterable<number>, on: boolean): void {
  const now = new Set(selected.peek());
  for (const key of keys) {
    if (on) now.add(key);
    else now.delete(key);
  }
  selected.value = now;
}

// What was given may hold credentials: it ends with the session.
effect(() => {
  if (session.value.state !== "out") return;
  startOver();
  for (const text of Object.values(typed)) text.value = "";
});

export function startOver(): void {
  batch(() => {
    found.value = undefined;
    stored.value = undefined;
    looking.value = false;
    selected.value = new Set();
    fault.value = undefined;
  });
}
