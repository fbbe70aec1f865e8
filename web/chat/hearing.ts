/** Streams of a conversation: what they tell is drawn, and told to the page. */
import { type ChatEvent, ENDS, heard } from "#talk/heard.ts";
import { messagesIn } from "#talk/sse.ts";
import type { ToldCard } from "#talk/talk.ts";
import { tellListeners } from "./bridge.ts";
import { startCall } from "./client-calls.ts";
import { busy, oneMoreUnread, present, talk } from "./state.ts";

const CLIENT_CALL = "deftly.client_action";

/** Draw a stream as it comes; whether it came to the end of a turn, where that is wanted. */
export async function hear(response: Response, signal: AbortSignal, toTheEnd: boolean) {
  for await (const { id, data } of messagesIn(response)) {
    if (signal.aborted) return true;
    const event = JSON.parse(data) as ChatEvent;
    take(event);
    // An entry's last event carries its place: what follows a cut begins there.
    if (id) present.seq = Math.max(present.seq, Number(id) || 0);
    if (toTheEnd && ENDS.has(event.type)) return true;
  }
  return false;
}

function take(event: ChatEvent): void {
  if (event.type === "RUN_STARTED") busy.value = true;
  if (ENDS.has(event.type)) busy.value = false;
  talk.value = heard(talk.peek(), event, Date.now());
  if (event.type === "CUSTOM" && event.name === CLIENT_CALL) void startCall(event.value);
  else tell(event);
}

function tell(event: ChatEvent): void {
  const { toolCallId: callId = "" } = event;
  switch (event.type) {
    case "TEXT_MESSAGE_END":
      tellMessage(event.messageId);
      break;
    case "TOOL_CALL_START":
      tellListeners("tool_call", { callId, name: event.toolCallName });
      break;
    case "TOOL_CALL_RESULT": {
      const failed = event.metadata?.failed === true;
      tellListeners("tool_result", { callId, name: toolOf(callId), failed });
      break;
    }
    case "RUN_FINISHED":
      tellQuestions();
      break;
    case "RUN_ERROR":
      tellListeners("error", { message: event.message });
      break;
    case "CUSTOM":
      tellCard(event.value as Partial<ToldCard> | undefined);
      break;
  }
}

function tellMessage(id: string | undefined): void {
  const said = talk.peek().items.findLast((one) => one.id === id);
  if (said?.kind !== "said") return;
  if (said.role === "assistant") oneMoreUnread();
  tellListeners("message", { role: said.role, text: said.text });
}

function tellCard(card: Partial<ToldCard> | undefined): void {
  if (!card?.cardId) return;
  oneMoreUnread();
  tellListeners("card", { cardId: card.cardId, widget: card.widget });
}

function tellQuestions(): void {
  for (const { id, tool } of talk.peek().pending) {
    oneMoreUnread();
    tellListeners("confirmation", { id, name: tool, status: "asked" });
  }
}

function toolOf(callId: string): string | undefined {
  const call = talk.peek().items.findLast((one) => one.id === callId);
  return call?.kind === "call" ? call.tool : undefined;
}
