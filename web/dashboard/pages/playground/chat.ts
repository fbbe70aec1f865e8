/** One conversation with an agent: sending, streaming, answering questions, starting over. */
import { batch, signal } from "@preact/signals";
import type { Answer } from "#protocol";
import { type ApiError, api, asApiError, ApiError as Refusal, send } from "../../data/api.ts";
import { session } from "../../data/session.ts";
import { messagesIn } from "../../data/sse.ts";
import { setQuery } from "../../frame/router.ts";
import {
  type ChatEvent,
  ENDS,
  fromTranscript,
  heard,
  NOTHING,
  type Question,
  type Talk,
  withMessage,
  withoutQuestion,
} from "./talk.ts";

export const QUERY = "conversation";
const KEPT = "deftly.playground";
const CUT_OFF = "cut_off";

export type Run = Answer<"/api/runs", "get">["runs"][number];

export const talk = signal<Talk>(NOTHING);
/** The recorded runs of the conversation, the oldest first. */
export const runs = signal<readonly Run[]>([]);
export const busy = signal(false);
/** Why the last thing sent got no answer; `again` sends it once more. */
export const problem = signal<{ error: ApiError; again: () => void } | undefined>(undefined);
/** Which question is being answered, and how. */
export const answering = signal<{ id: string; agreed: boolean } | undefined>(undefined);
export const agentName = signal("");
export const conversationId = signal<string | undefined>(undefined);
/** Whether what was said before is still being read. */
export const loading = signal(false);

let threadId = newId();
let stop = new AbortController();

/** No `randomUUID` here: browsers have it on https and loopback alone. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Whoever signs in next in this tab sees nothing of it.
session.subscribe(({ state }) => {
  if (state !== "out") return;
  stop.abort();
  stop = new AbortController();
  batch(() => {
    talk.value = NOTHING;
    runs.value = [];
    busy.value = false;
    conversationId.value = undefined;
  });
});

/** Begin anew, with this agent or the same. */
export function startOver(agent?: string): void {
  stop.abort();
  stop = new AbortController();
  threadId = newId();
  batch(() => {
    talk.value = NOTHING;
    runs.value = [];
    busy.value = false;
    loading.value = false;
    problem.value = undefined;
    answering.value = undefined;
    if (agent !== undefined) agentName.value = agent;
    remember(undefined);
  });
}

function remember(id: string | undefined): void {
  conversationId.value = id;
  setQuery({ [QUERY]: id });
  if (id) localStorage.setItem(KEPT, id);
  else localStorage.removeItem(KEPT);
}

/** Go on with the conversation of the address or, without one, with the last. */
export async function goOn(asked: string | undefined): Promise<void> {
  const id = asked ?? conversationId.peek() ?? localStorage.getItem(KEPT) ?? undefined;
  if (!id) return;
  if (id !== conversationId.peek()) startOver();
  remember(id);
  loading.value = talk.peek().items.length === 0;
  try {
    await reload();
  } catch (fault) {
    const error = asApiError(fault);
    if (error.status === 404) startOver();
    else problem.value = { error, again: () => void goOn(id) };
  } finally {
    loading.value = false;
  }
}

/** Read what the server has kept: it has the last word. */
export async function reload(): Promise<void> {
  const id = conversationId.peek();
  if (!id || busy.peek()) return;
  const { signal } = stop;
  const path = { conversation_id: id };
  const [told, made] = await Promise.all([
    api.get("/api/conversations/{conversation_id}", { path, signal }),
    // A caller who may chat and not read has no runs to look at.
    api
      .get("/api/runs", { query: { conversationId: id, limit: 200 }, signal })
      .catch(() => ({ runs: [] })),
  ]);
  if (signal.aborted || busy.peek()) return;
  threadId = told.conversation.threadId;
  const tokens = new Map(talk.peek().pending.map((one) => [one.id, one.token]));
  const fresh = fromTranscript(told);
  batch(() => {
    agentName.value = told.conversation.agent;
    runs.value = made.runs.toReversed();
    talk.value = {
      ...fresh,
      pending: fresh.pending.map((one) => {
        const token = tokens.get(one.id);
        return token ? { ...one, token } : one;
      }),
    };
  });
}

export function say(text: string): void {
  talk.value = withMessage(talk.peek(), text);
  const body = { threadId, messages: [{ id: newId(), role: "user", content: text }] };
  void turn(body);
}

/** Answer a question; the conversation goes on in the same stream. */
export async function answer(question: Question, agreed: boolean): Promise<void> {
  answering.value = { id: question.id, agreed };
  try {
    const token = agreed ? (question.token ?? (await tokenOf(question.id))) : undefined;
    const given = token
      ? { interruptId: question.id, status: "resolved", payload: { token } }
      : { interruptId: question.id, status: "cancelled" };
    talk.value = withoutQuestion(talk.peek(), question.id);
    await turn({ threadId, messages: [], resume: [given] });
  } catch (fault) {
    problem.value = { error: asApiError(fault), again: () => void answer(question, agreed) };
    await settle();
  } finally {
    answering.value = undefined;
  }
}

async function tokenOf(id: string): Promise<string> {
  const path = { confirmation_id: id };
  return (await api.post("/api/confirmations/{confirmation_id}/token", {}, { path })).token;
}

async function turn(body: object): Promise<void> {
  const { signal } = stop;
  let taken = true;
  problem.value = undefined;
  busy.value = true;
  try {
    const ended = await stream(body, signal);
    if (!ended) throw new Refusal(0, CUT_OFF, "The answer was cut off before its end.");
  } catch (fault) {
    if (signal.aborted) return;
    const error = asApiError(fault);
    taken = error.code === CUT_OFF || "resume" in body;
    problem.value = { error, again: () => void turn(body) };
  } finally {
    if (!signal.aborted) busy.value = false;
  }
  // What was refused is not in the transcript: it stays as it was drawn, for another try.
  if (taken) await settle();
}

async function stream(body: object, signal: AbortSignal): Promise<boolean> {
  const path = { agent: agentName.peek() };
  const response = await send("post", "/api/chat/{agent}", { path, body, signal });
  remember(response.headers.get("deftly-conversation") ?? undefined);
  for await (const { data } of messagesIn(response)) {
    if (signal.aborted) return true;
    const event = JSON.parse(data) as ChatEvent;
    talk.value = heard(talk.peek(), event, Date.now());
    if (ENDS.has(event.type)) return true;
  }
  return false;
}

/** After a turn: what is kept replaces what was streamed. */
async function settle(): Promise<void> {
  await reload().catch((fault: unknown) => {
    problem.value ??= { error: asApiError(fault), again: () => void settle() };
  });
}

/** End the answer that is being given; what was said stays. */
export async function interrupt(): Promise<void> {
  stop.abort();
  stop = new AbortController();
  busy.value = false;
  await settle();
}
