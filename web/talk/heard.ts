/** What the events of a stream make of a conversation. */
import { type Call, type Item, type Question, shownOf, type Talk, type ToldCard } from "./talk.ts";

/** An AG-UI event; which fields it has depends on its type. */
export interface ChatEvent {
  type: string;
  messageId?: string;
  role?: string;
  delta?: string;
  toolCallId?: string;
  toolCallName?: string;
  content?: string;
  message?: string;
  metadata?: { actionRunId?: string; failed?: boolean } | null;
  /** Of a custom event. */
  name?: string;
  value?: unknown;
  outcome?: { type: string; interrupts?: readonly Interrupt[] };
}

interface Interrupt {
  id: string;
  toolCallId: string;
  expiresAt: string;
  metadata: { tool: string; summary: Record<string, unknown>; token?: string };
}

/** The custom event that tells of a card. */
const CARD = "deftly.widget";

/** Types after which nothing follows in a turn. */
export const ENDS: ReadonlySet<string> = new Set(["RUN_FINISHED", "RUN_ERROR"]);

/** What the conversation is after an event; one that is told again changes nothing more. */
export function heard(talk: Talk, event: ChatEvent, nowMs: number): Talk {
  switch (event.type) {
    case "TEXT_MESSAGE_START":
      return begun(talk, event);
    case "TEXT_MESSAGE_CONTENT":
      return edit(talk, event.messageId, (item) =>
        item.kind === "said" ? { ...item, text: item.text + (event.delta ?? "") } : item,
      );
    case "TOOL_CALL_START":
      return put(talk, {
        kind: "call",
        id: event.toolCallId ?? "",
        tool: event.toolCallName ?? "",
        args: "",
        startedMs: nowMs,
      });
    case "TOOL_CALL_ARGS":
      return edit(talk, event.toolCallId, (item) =>
        item.kind === "call" ? { ...item, args: item.args + (event.delta ?? "") } : item,
      );
    case "TOOL_CALL_RESULT":
      return edit(talk, event.toolCallId, (item) =>
        item.kind === "call" ? answered(item, event, nowMs) : item,
      );
    case "RUN_FINISHED":
      return { ...talk, pending: (event.outcome?.interrupts ?? []).map(questionOf) };
    case "RUN_ERROR":
      return put(talk, { kind: "fault", id: `fault-${nowMs}`, message: event.message ?? "" });
    case "CUSTOM":
      return event.name === CARD ? put(talk, shownOf(event.value as ToldCard)) : talk;
    default:
      return talk;
  }
}

function begun(talk: Talk, { messageId = "", role }: ChatEvent): Talk {
  const speaker = role === "user" ? "user" : "assistant";
  return put(talk, { kind: "said", id: messageId, role: speaker, text: "" });
}

function answered(call: Call, { content, metadata }: ChatEvent, nowMs: number): Call {
  return {
    ...call,
    result: content ?? "",
    answeredMs: nowMs,
    failed: metadata?.failed === true,
    runId: metadata?.actionRunId,
  };
}

/** At its place if it is there already. */
function put(talk: Talk, item: Item): Talk {
  const there = talk.items.some((one) => one.id === item.id);
  return there ? edit(talk, item.id, () => item) : { ...talk, items: [...talk.items, item] };
}

function edit(talk: Talk, id: string | undefined, change: (item: Item) => Item): Talk {
  // What is being said is at the end.
  const at = talk.items.findLastIndex((one) => one.id === id);
  const item = talk.items[at];
  return item ? { ...talk, items: talk.items.with(at, change(item)) } : talk;
}

function questionOf({ id, toolCallId, expiresAt, metadata }: Interrupt): Question {
  return { id, callId: toolCallId, expiresAt, ...metadata };
}
