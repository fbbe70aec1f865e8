/** Talking: what the visitor sends, answers and presses, and the turn that comes of it. */
import { effect, signal } from "@preact/signals";
import { type Question, withMessage, withoutQuestion } from "#talk/talk.ts";
import type { Pressed } from "#widget/card.tsx";
import { tellListeners } from "./bridge.ts";
import { messageOf } from "./fault.ts";
import { follow, pathOf, settle, stopFollowing } from "./following.ts";
import { hear } from "./hearing.ts";
import { ask, Refusal, request, session } from "./net.ts";
import {
  answering,
  busy,
  loading,
  newId,
  offline,
  present,
  pressing,
  problem,
  remember,
  sent,
  talk,
} from "./state.ts";
import { words } from "./words.ts";

const CUT_OFF = "cut_off";

const wanted = signal<readonly string[]>([]);

/** Say it as soon as nothing else is being said. */
export function sayWhenFree(text: string): void {
  wanted.value = [...wanted.peek(), text];
}

effect(() => {
  const [first, ...rest] = wanted.value;
  if (first === undefined || busy.value || loading.value || !session.value) return;
  wanted.value = rest;
  say(first);
});

export function say(text: string): void {
  sent.value += 1;
  talk.value = withMessage(talk.peek(), text);
  tellListeners("message", { role: "user", text });
  void turn({ messages: [{ id: newId(), role: "user", content: text }] });
}

/** Answer a question; the conversation goes on in the same stream. */
export async function answer(question: Question, agreed: boolean): Promise<void> {
  const { id, tool } = question;
  answering.value = { id, agreed };
  try {
    const token = agreed ? (question.token ?? (await tokenOf(id))) : undefined;
    const given = token
      ? { interruptId: id, status: "resolved", payload: { token } }
      : { interruptId: id, status: "cancelled" };
    talk.value = withoutQuestion(talk.peek(), id);
    const status = agreed ? "confirmed" : "denied";
    tellListeners("confirmation", { id, name: tool, status });
    await turn({ messages: [], resume: [given] });
  } catch (fault) {
    problem.value = { message: messageOf(fault), again: () => void settle() };
  } finally {
    answering.value = undefined;
  }
}

async function tokenOf(id: string): Promise<string> {
  const path = `/api/confirmations/${encodeURIComponent(id)}/token`;
  return String((await ask("POST", path, {}))["token"]);
}

/** Press a button of a card; what follows is heard where everything is. */
export async function press(cardId: string, pressed: Pressed): Promise<void> {
  const { id } = present;
  if (!id || pressing.peek() || busy.peek()) return;
  const { signal } = present.stop;
  pressing.value = cardId;
  problem.value = undefined;
  try {
    await ask("POST", `${pathOf(id)}/cards/${encodeURIComponent(cardId)}/submit`, pressed);
  } catch (fault) {
    if (signal.aborted) return;
    problem.value = { message: messageOf(fault), again: () => void press(cardId, pressed) };
  } finally {
    if (!signal.aborted) pressing.value = "";
  }
}

async function turn(body: { messages: object[]; resume?: object[] }): Promise<void> {
  const { signal } = present.stop;
  stopFollowing();
  problem.value = undefined;
  busy.value = true;
  try {
    if (!(await stream(body, signal))) throw new Refusal(0, CUT_OFF, words.peek().cutOff);
    offline.value = false;
    if (!signal.aborted && present.id) void follow(present.id);
  } catch (fault) {
    if (signal.aborted) return;
    busy.value = false;
    const isCut = fault instanceof Refusal && fault.code === CUT_OFF;
    const again = () => void (isCut || body.resume ? settle() : turn(body));
    problem.value = { message: messageOf(fault), again };
    // The answer goes on on the server, and is found there.
    if (isCut) void settle();
    else if (present.id) void follow(present.id);
  }
}

async function stream(body: object, signal: AbortSignal): Promise<boolean> {
  const agent = encodeURIComponent(session.peek()?.agent.name ?? "");
  const forwardedProps = { keepGoing: true };
  const given = { ...body, threadId: present.threadId, forwardedProps };
  const response = await request("POST", `/api/chat/${agent}`, { body: given, signal });
  remember(response.headers.get("deftly-conversation") ?? present.id);
  return hear(response, signal, true).catch(() => signal.aborted);
}

/** End the answer that is being given; what was said stays. */
export async function interrupt(): Promise<void> {
  const { id } = present;
  if (!id) {
    present.stop.abort();
    present.stop = new AbortController();
    busy.value = false;
    return;
  }
  await ask("POST", `${pathOf(id)}/stop`, {}).catch((fault: unknown) => {
    problem.value = { message: messageOf(fault), again: () => void interrupt() };
  });
}
