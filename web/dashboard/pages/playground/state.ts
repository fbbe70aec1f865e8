/** What the playground shows at this moment: one conversation, and what is under way in it. */
import { batch, signal } from "@preact/signals";
import type { Schemas } from "#protocol";
import { NOTHING, type Talk } from "#talk/talk.ts";
import type { ApiError } from "../../data/api.ts";
import { session } from "../../data/session.ts";
import { setQuery } from "../../frame/router.ts";
import type { Sandboxed } from "./client-calls.ts";

export const QUERY = "conversation";
const KEPT = "deftly.playground";

export type Run = Schemas["Run"];

export const talk = signal<Talk>(NOTHING);
/** The recorded runs of the conversation by their id. */
export const runs = signal<ReadonlyMap<string, Run>>(new Map());
/** What client code did in this tab, by its run. */
export const sandboxed = signal<ReadonlyMap<string, Sandboxed>>(new Map());
export const busy = signal(false);
/** Why the last thing sent got no answer; `again` sends it once more. */
export const problem = signal<{ error: ApiError; again: () => void } | undefined>(undefined);
/** Which question is being answered, and how. */
export const answering = signal<{ id: string; agreed: boolean } | undefined>(undefined);
export const agentName = signal("");
/** How many of the newest are not drawn, because earlier ones are. */
export const hidden = signal(0);
/** Counts what the person has sent: whoever had scrolled up is brought back to the end. */
export const sent = signal(0);
/** The model chosen for this conversation; empty for the agent's own. */
export const model = signal("");
export const conversationId = signal<string | undefined>(undefined);
/** Whether what was said before is still being read. */
export const loading = signal(false);

/** What the conversation is called here, and what ends everything that is under way in it. */
export const present = { threadId: newId(), stop: new AbortController() };

/** No `randomUUID` here: browsers have it on https and loopback alone. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Nothing of a conversation is left, and nothing of it comes any more. */
export function clear(): void {
  present.stop.abort();
  present.stop = new AbortController();
  present.threadId = newId();
  batch(() => {
    talk.value = NOTHING;
    runs.value = new Map();
    sandboxed.value = new Map();
    hidden.value = 0;
    busy.value = false;
    loading.value = false;
    problem.value = undefined;
    answering.value = undefined;
    model.value = "";
    conversationId.value = undefined;
  });
}

// Whoever signs in next in this tab sees nothing of it.
session.subscribe(({ state }) => {
  if (state === "out") clear();
});

export function remember(id: string | undefined): void {
  conversationId.value = id;
  setQuery({ [QUERY]: id });
  if (id) localStorage.setItem(KEPT, id);
  else localStorage.removeItem(KEPT);
}

export function remembered(): string | undefined {
  return conversationId.peek() ?? localStorage.getItem(KEPT) ?? undefined;
}
