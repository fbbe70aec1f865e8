/** Talking: what a person sends, and the answer as it streams in. */

import { type Question, withMessage, withoutQuestion } from "#talk/talk.ts";
import { api, asApiError, ApiError as Refusal, send } from "../../data/api.ts";
import { may } from "../../data/session.ts";
import { hear, settle } from "./kept.ts";
import {
  agentName,
  answering,
  busy,
  conversationId,
  hidden,
  model,
  newId,
  present,
  problem,
  remember,
  sent,
  talk,
} from "./state.ts";

const CUT_OFF = "cut_off";

export function say(text: string): void {
  hidden.value = 0;
  sent.value += 1;
  talk.value = withMessage(talk.peek(), text);
  void turn({ messages: [{ id: newId(), role: "user", content: text }] });
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
    await turn({ messages: [], resume: [given] });
  } catch (fault) {
    await settle();
    problem.value = { error: asApiError(fault), again: () => void settle() };
  } finally {
    answering.value = undefined;
  }
}

async function tokenOf(id: string): Promise<string> {
  const path = { confirmation_id: id };
  return (await api.post("/api/confirmations/{confirmation_id}/token", {}, { path })).token;
}

async function turn(body: { messages: object[]; resume?: object[] }): Promise<void> {
  const { signal } = present.stop;
  problem.value = undefined;
  busy.value = true;
  try {
    if (!(await stream(body, signal)))
      throw new Refusal(0, CUT_OFF, "The answer was cut off before its end.");
  } catch (fault) {
    if (signal.aborted) return;
    busy.value = false;
    const error = asApiError(fault);
    // What was refused is not in the transcript: it stays as it was drawn, for another try.
    if (error.code !== CUT_OFF && !body.resume) {
      problem.value = { error, again: () => void turn(body) };
      return;
    }
    await settle();
    if (error.code !== CUT_OFF) problem.value ??= { error, again: () => void settle() };
    return;
  }
  if (signal.aborted) return;
  busy.value = false;
  await settle();
}

async function stream(body: object, signal: AbortSignal): Promise<boolean> {
  const path = { agent: agentName.peek() };
  const forwardedProps = {
    // The page may be loaded anew in the middle of an answer, and finds it again.
    keepGoing: true,
    // And it makes the calls of client actions.
    browser: true,
    ...(may("manage") ? { model: model.peek() } : {}),
  };
  const given = { ...body, threadId: present.threadId, forwardedProps };
  const response = await send("post", "/api/chat/{agent}", { path, body: given, signal });
  remember(response.headers.get("deftly-conversation") ?? undefined);
  return hear(response, signal);
}

/** End the answer that is being given; what was said stays, and the stream tells of its end. */
export async function interrupt(): Promise<void> {
  const id = conversationId.peek();
  if (!id) {
    // Not begun: nobody has heard of it.
    present.stop.abort();
    present.stop = new AbortController();
    busy.value = false;
    return;
  }
  try {
    const path = { conversation_id: id };
    await api.post("/api/conversations/{conversation_id}/stop", {}, { path });
  } catch (fault) {
    problem.value = { error: asApiError(fault), again: () => void interrupt() };
  }
}
