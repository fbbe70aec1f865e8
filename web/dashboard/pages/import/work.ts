/** What is done with an import: reading, storing, taking back. */
import { batch } from "@preact/signals";
import type { Schemas } from "#protocol";
import { api, asApiError, send } from "../../data/api.ts";
import type { Definition } from "../actions/draft.ts";
import { freeName, type Item, selectedAtFirst, toolOf } from "./items.ts";
import { requestOf, type Source } from "./reading.ts";
import {
  activity,
  fault,
  found,
  looking,
  type Refusal,
  select,
  selected,
  stored,
  typed,
} from "./state.ts";
import { removeAll, store } from "./storing.ts";

/** Do something that takes long; resolves with whether it was done. */
async function active(
  says: string,
  work: (stop: AbortController) => Promise<void>,
): Promise<boolean> {
  const stop = new AbortController();
  batch(() => {
    activity.value = { says, stop };
    fault.value = undefined;
  });
  try {
    await work(stop);
    return true;
  } catch (thrown) {
    if (!stop.signal.aborted) fault.value = asApiError(thrown);
    return false;
  } finally {
    activity.value = undefined;
  }
}

/** Make drafts of a source; resolves with whether there are any now. */
export function read(
  from: string,
  open: (signal: AbortSignal) => Promise<Source>,
): Promise<boolean> {
  return active(`Reading ${from}`, async (stop) => {
    const source = await open(stop.signal);
    const made =
      source.kind === "curl"
        ? await readCommands(source.commands, stop)
        : await readDocument(source, stop);
    const items = made.items.map((one, key) => ({ ...one, key }));
    batch(() => {
      found.value = { from, source, items, refused: made.refused };
      selected.value = selectedAtFirst(items);
      stored.value = undefined;
      looking.value = false;
    });
  });
}

interface Made {
  items: readonly Omit<Item, "key">[];
  refused: readonly Refusal[];
}

async function readDocument(
  source: Extract<Source, { value: Blob }>,
  { signal }: AbortController,
): Promise<Made> {
  const body = requestOf(source, typed.baseUrl.peek().trim());
  const response = await send("post", "/api/custom-actions/import", { body, signal });
  const answer = (await response.json()) as Schemas["ImportAnswer"];
  return { items: (answer.drafts ?? []).map(itemOf), refused: answer.refused };
}

async function readCommands(commands: readonly string[], stop: AbortController): Promise<Made> {
  const items: Omit<Item, "key">[] = [];
  const refused: Refusal[] = [];
  const names = new Set<string>();
  const { signal } = stop;
  for (const [done, command] of commands.entries()) {
    activity.value = { says: "Reading the commands", done, total: commands.length, stop };
    try {
      const answer = await api.post("/api/custom-actions/import", { curl: command }, { signal });
      for (const draft of answer.drafts ?? []) {
        const item = itemOf(draft);
        const free = freeName(item.definition.name, names);
        names.add(free);
        const name = free === toolOf({ ...item, key: 0 }) ? item.definition.name : free;
        const source = shortened(command);
        const definition = { ...item.definition, name };
        items.push({ ...item, source, command, definition, keeps: draft.keeps ?? [] });
      }
    } catch (thrown) {
      const { message, code, status } = asApiError(thrown);
      if (commands.length === 1 || status === 0 || signal.aborted) throw thrown;
      refused.push({ source: shortened(command), error: message, code });
    }
  }
  return { items, refused };
}

const SHOWN = 100;

function shortened(command: string): string {
  const line = command.replace(/[\s\\`^]+/g, " ");
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}

function itemOf({ action, source, warnings }: Schemas["ImportDraft"]): Omit<Item, "key"> {
  // Whether a name is taken is told while it can be changed.
  const told = warnings.filter((one) => one.path !== "name").map((one) => one.message);
  return { source, definition: action as unknown as Definition, warnings: told };
}

/** Store items, and show what became of them. */
export function save(items: readonly Item[]): Promise<boolean> {
  return active("Saving", async (stop) => {
    const outcome = await store(items, stop.signal, (done) => {
      activity.value = { says: "Saving", done, total: items.length, stop };
    });
    const before = stored.peek()?.created ?? [];
    batch(() => {
      stored.value = { ...outcome, created: [...before, ...outcome.created] };
      select(
        outcome.created.map((one) => one.key),
        false,
      );
      looking.value = true;
    });
  });
}

/** Delete what this import stored, and offer it again. */
export function undo(): Promise<boolean> {
  const created = stored.peek()?.created ?? [];
  return active("Taking it back", async (stop) => {
    let done = 0;
    try {
      for await (const _ of removeAll(created, stop.signal)) {
        done += 1;
        activity.value = { says: "Taking it back", done, total: created.length, stop };
      }
      stop.signal.throwIfAborted();
    } finally {
      const left = created.slice(done);
      batch(() => {
        stored.value = left.length > 0 ? { created: left, failed: [] } : undefined;
        looking.value = left.length > 0;
        select(
          created.slice(0, done).map((one) => one.key),
          true,
        );
      });
    }
  });
}
