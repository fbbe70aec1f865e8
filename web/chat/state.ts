/** What the chat shows at this moment. */
import { batch, signal } from "@preact/signals";
import { NOTHING, type Talk } from "#talk/talk.ts";
import { tellPage } from "./bridge.ts";

export const talk = signal<Talk>(NOTHING);
export const busy = signal(false);
export const loading = signal(false);
/** No answer from the server: said until there is one again. */
export const offline = signal(false);
/** Why the last thing got no answer; `again` tries once more. */
export const problem = signal<{ message: string; again: () => void } | undefined>(undefined);
/** Why there is no chat at all. */
export const closed = signal("");
/** Which question is being answered, and how. */
export const answering = signal<{ id: string; agreed: boolean } | undefined>(undefined);
/** Which card's button is on its way. */
export const pressing = signal("");
/** Whether the page shows the chat, and whether it covers all of it. */
export const shown = signal({ open: false, full: false });
/** Counts what the person sent: whoever had scrolled up is brought back to the end. */
export const sent = signal(0);

/** What the conversation is called here, and what ends everything under way in it. */
export const present = {
  id: undefined as string | undefined,
  threadId: newId(),
  stop: new AbortController(),
  /** The place in the conversation up to which everything was heard. */
  seq: 0,
};

/** No `randomUUID` here: browsers have it on https and loopback alone. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function remember(id: string | undefined): void {
  if (present.id === id) return;
  present.id = id;
  tellPage({ type: "keep", conversation: id });
}

/** Nothing of a conversation is left, and nothing of it comes any more. */
export function clear(): void {
  present.stop.abort();
  present.stop = new AbortController();
  present.threadId = newId();
  present.seq = 0;
  batch(() => {
    talk.value = NOTHING;
    busy.value = false;
    loading.value = false;
    problem.value = undefined;
    answering.value = undefined;
    pressing.value = "";
  });
  unread(0);
}

let news = 0;

/** Count what came while nobody looked. */
export function unread(count: number): void {
  if (count === news) return;
  news = count;
  tellPage({ type: "unread", count });
}

export function oneMoreUnread(): void {
  if (!shown.peek().open) unread(news + 1);
}
