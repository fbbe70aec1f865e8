/** Conversations as the server keeps them: opened, read anew, followed while somebody answers. */
import { batch } from "@preact/signals";
import { type ChatEvent, ENDS, heard } from "#talk/heard.ts";
import { messagesIn } from "#talk/sse.ts";
import { fromTranscript, joined, renewed, type Transcript } from "#talk/talk.ts";
import { told } from "#ui";
import { readyToDraw } from "#widget/card.tsx";
import { api, asApiError, send } from "../../data/api.ts";
import { may } from "../../data/session.ts";
import { CLIENT_CALL, startCall } from "./client-calls.ts";
import {
  agentName,
  busy,
  clear,
  conversationId,
  loading,
  model,
  present,
  problem,
  type Run,
  remember,
  remembered,
  runs,
  talk,
} from "./state.ts";

const RUNS = 200;

/** Begin anew, with this agent or the same; the conversation before stays in the list. */
export function startOver(agent?: string): void {
  const before = conversationId.peek();
  clear();
  remember(undefined);
  if (agent !== undefined) agentName.value = agent;
  if (before) told("A new conversation. The one before is in the list.", () => void goOn(before));
}

/** Go on with the conversation of the address or, without one, with the last. */
export async function goOn(asked: string | undefined): Promise<void> {
  const id = asked ?? remembered();
  if (!id) return;
  if (id !== conversationId.peek()) clear();
  remember(id);
  loading.value = talk.peek().items.length === 0;
  try {
    await reload();
  } catch (fault) {
    const error = asApiError(fault);
    if (error.status === 404) forget(id);
    else problem.value = { error, again: () => void goOn(id) };
  } finally {
    loading.value = false;
  }
}

/** It is not there any more. */
export function forget(id: string): void {
  if (id !== conversationId.peek()) return;
  clear();
  remember(undefined);
}

/** Read what the server has kept: it has the last word. */
export async function reload(): Promise<void> {
  const id = conversationId.peek();
  if (!id || busy.peek()) return;
  const { signal } = present.stop;
  const path = { conversation_id: id };
  const [kept, made] = await Promise.all([
    api.get("/api/conversations/{conversation_id}", { path, signal }),
    runsOf(id, signal),
  ]);
  // Drawn at once they push nothing away.
  if (kept.messages.some(({ role }) => role === "card")) await readyToDraw();
  if (signal.aborted || busy.peek()) return;
  show(kept, made);
  if (kept.conversation.busy) void follow(id, kept.seq, signal);
}

/** What became of calls while the turn they belong to is not over. */
export async function refreshRuns(): Promise<void> {
  const id = conversationId.peek();
  if (!id) return;
  const { signal } = present.stop;
  const made = await runsOf(id, signal);
  if (!signal.aborted) runs.value = new Map(made.map((one) => [one.id, one]));
}

async function runsOf(id: string, signal: AbortSignal): Promise<readonly Run[]> {
  // A caller who may chat and not read has no runs to look at.
  if (!may("read")) return [];
  return (await api.get("/api/runs", { query: { conversationId: id, limit: RUNS }, signal })).runs;
}

function show(kept: Transcript, made: readonly Run[]): void {
  const tokens = new Map(talk.peek().pending.map((one) => [one.id, one.token]));
  const fresh = renewed(talk.peek(), fromTranscript(kept));
  present.threadId = kept.conversation.threadId;
  batch(() => {
    agentName.value = kept.conversation.agent;
    model.value = kept.chosenModel ?? "";
    runs.value = new Map(made.map((one) => [one.id, one]));
    talk.value = {
      ...fresh,
      pending: fresh.pending.map((one) => {
        const token = tokens.get(one.id);
        return token ? { ...one, token } : one;
      }),
    };
  });
}

/** Put the page before the first one above what is drawn. */
export async function showEarlier(): Promise<void> {
  const id = conversationId.peek();
  const before = talk.peek().earlier;
  if (!id || !before) return;
  const { signal } = present.stop;
  const path = { conversation_id: id };
  const query = { before };
  const older = await api.get("/api/conversations/{conversation_id}", { path, query, signal });
  if (!signal.aborted && talk.peek().earlier === before)
    talk.value = joined(fromTranscript(older), talk.peek());
}

/** Somebody answers already: after a reload, in another tab, or because a question was answered. */
async function follow(id: string, after: number, signal: AbortSignal): Promise<void> {
  busy.value = true;
  try {
    const path = { conversation_id: id };
    const address = "/api/conversations/{conversation_id}/events";
    await hear(await send("get", address, { path, query: { after }, signal }), signal);
  } catch (fault) {
    if (!signal.aborted) problem.value = { error: asApiError(fault), again: () => void settle() };
  } finally {
    if (!signal.aborted) busy.value = false;
  }
  if (!signal.aborted && !problem.peek()) await settle();
}

/** Draw a stream as it comes; whether it came to the end of the turn. */
export async function hear(response: Response, signal: AbortSignal): Promise<boolean> {
  for await (const { data } of messagesIn(response)) {
    if (signal.aborted) return true;
    const event = JSON.parse(data) as ChatEvent;
    if (event.type === "CUSTOM" && event.name === CLIENT_CALL) void startCall(event.value);
    talk.value = heard(talk.peek(), event, Date.now());
    if (ENDS.has(event.type)) return true;
  }
  return false;
}

/** After a turn: what is kept replaces what was streamed. */
export async function settle(): Promise<void> {
  problem.value = undefined;
  await reload().catch((fault: unknown) => {
    problem.value = { error: asApiError(fault), again: () => void settle() };
  });
}
