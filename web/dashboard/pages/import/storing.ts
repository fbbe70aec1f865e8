/** Storing many drafts, and taking them back: a few at a time, so that it can be followed. */
import type { Schemas } from "#protocol";
import { type ApiError, api, asApiError } from "../../data/api.ts";
import type { Action } from "../actions/draft.ts";
import { type Item, toolOf } from "./items.ts";

export interface Stored {
  created: readonly Kept[];
  failed: readonly { item: Item; error: string }[];
  /** Why it ended early, if it did. */
  error?: ApiError;
}

export interface Kept {
  key: number;
  action: Action;
  warnings: readonly string[];
}

// A step lasts under a second, and can be seen.
const AT_ONCE = 25;

/** Store items one after the other; resolves with what became of each. */
export async function store(
  items: readonly Item[],
  signal: AbortSignal,
  step: (done: number) => void,
): Promise<Stored> {
  const created: Kept[] = [];
  const failed: { item: Item; error: string }[] = [];
  let done = 0;
  step(done);
  try {
    for (const part of partsOf(items)) {
      if (signal.aborted) break;
      const answer = await api.post("/api/custom-actions/import", requestFor(part));
      const made = (answer.created ?? []).map((one) => keptOf(one, part));
      created.push(...made);
      failed.push(...failures(part, made, answer.refused));
      done += part.length;
      step(done);
    }
  } catch (fault) {
    return { created, failed, error: asApiError(fault) };
  }
  return { created, failed };
}

/** Commands go alone, as each may bring a credential; the others together. */
export function partsOf(items: readonly Item[]): Item[][] {
  const parts = items.filter((one) => one.command !== undefined).map((one) => [one]);
  const others = items.filter((one) => one.command === undefined);
  for (let at = 0; at < others.length; at += AT_ONCE) parts.push(others.slice(at, at + AT_ONCE));
  return parts;
}

export function requestFor(part: readonly Item[]): Schemas["ImportRequest"] {
  const [first] = part;
  if (first?.command === undefined) {
    const definitions = part.map((one) => one.definition as Schemas["JsonValue"]);
    return { actions: definitions, save: true };
  }
  const { name, description, executionMode } = first.definition;
  const changes = { name, description, executionMode: executionMode ?? null };
  return { curl: first.command, changes, save: true };
}

function keptOf({ action, warnings }: Schemas["ImportCreated"], part: readonly Item[]): Kept {
  const item = part.find((one) => toolOf(one) === action.name.toLowerCase());
  return { key: item?.key ?? -1, action, warnings: warnings.map((one) => one.message) };
}

function failures(
  part: readonly Item[],
  made: readonly Kept[],
  refused: readonly Schemas["ImportRefused"][],
): { item: Item; error: string }[] {
  const kept = new Set(made.map((one) => one.key));
  return part
    .filter((item) => !kept.has(item.key))
    .map((item) => {
      const own = refused.find((one) => one.source === item.definition.name) ?? refused[0];
      return { item, error: own?.error ?? "It was not stored; try it again." };
    });
}

/** Delete what was stored, saying after each; one that is gone already is fine. */
export async function* removeAll(kept: readonly Kept[], signal: AbortSignal): AsyncGenerator<void> {
  for (const { action } of kept) {
    if (signal.aborted) return;
    try {
      await api.delete("/api/custom-actions/{action_id}", { path: { action_id: action.id } });
    } catch (fault) {
      if (asApiError(fault).status !== 404) throw fault;
    }
    yield;
  }
}
