/** A conversation as it is drawn, out of its transcript and out of the events of a stream. */
import type { Answer } from "#protocol";

export interface Said {
  kind: "said";
  id: string;
  role: "user" | "assistant";
  text: string;
}

export interface Call {
  kind: "call";
  id: string;
  tool: string;
  /** JSON. */
  args: string;
  result?: string;
  failed?: boolean;
  startedMs: number;
  answeredMs?: number;
}

export interface Fault {
  kind: "fault";
  id: string;
  message: string;
}

export type Item = Said | Call | Fault;

export interface Question {
  id: string;
  callId: string;
  tool: string;
  expiresAt: string;
  summary: Record<string, unknown>;
  /** Told to who asked; others, and a page that was loaded anew, ask for one. */
  token?: string;
}

export interface Talk {
  items: readonly Item[];
  pending: readonly Question[];
}

export const NOTHING: Talk = { items: [], pending: [] };

type Transcript = Answer<"/api/conversations/{conversation_id}", "get">;
type Message = Transcript["messages"][number];

export function fromTranscript({ messages, pending }: Transcript): Talk {
  const results = new Map(
    messages.flatMap((one) => (one.toolCallId ? [[one.toolCallId, one]] : [])),
  );
  return {
    items: messages.flatMap((one) => itemsOf(one, results)),
    pending: pending.map((one) => ({ ...one })),
  };
}

function itemsOf(message: Message, results: ReadonlyMap<string, Message>): Item[] {
  const { id, role, content, fault, toolCalls } = message;
  if (role === "tool") return [];
  if (fault) return [{ kind: "fault", id, message: content ?? fault }];
  if (!toolCalls) return [{ kind: "said", id, role, text: content ?? "" }];
  return toolCalls.map((call) => {
    const made: Call = {
      kind: "call",
      id: call.id,
      tool: call.function.name,
      args: call.function.arguments,
      startedMs: Date.parse(message.at),
    };
    const result = results.get(call.id);
    return result
      ? answered(made, result.content ?? "", Date.parse(result.at), result.failed)
      : made;
  });
}

function answered(call: Call, result: string, atMs: number, failed?: boolean | null): Call {
  return { ...call, result, answeredMs: atMs, failed: failed === true };
}

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
  outcome?: { type: string; interrupts?: readonly Interrupt[] };
}

interface Interrupt {
  id: string;
  toolCallId: string;
  expiresAt: string;
  metadata: { tool: string; summary: Record<string, unknown>; token?: string };
}

/** Types after which nothing follows in a turn. */
export const ENDS: ReadonlySet<string> = new Set(["RUN_FINISHED", "RUN_ERROR"]);

/** What the conversation is after an event. */
export function heard(talk: Talk, event: ChatEvent, nowMs: number): Talk {
  switch (event.type) {
    case "TEXT_MESSAGE_START":
      return begun(talk, event);
    case "TEXT_MESSAGE_CONTENT":
      return edit(talk, event.messageId, (item) =>
        item.kind === "said" ? { ...item, text: item.text + (event.delta ?? "") } : item,
      );
    case "TOOL_CALL_START":
      return add(talk, {
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
        item.kind === "call" ? answered(item, event.content ?? "", nowMs) : item,
      );
    case "RUN_FINISHED":
      return { ...talk, pending: (event.outcome?.interrupts ?? []).map(questionOf) };
    case "RUN_ERROR":
      return add(talk, { kind: "fault", id: `fault-${nowMs}`, message: event.message ?? "" });
    default:
      return talk;
  }
}

function begun(talk: Talk, { messageId = "", role }: ChatEvent): Talk {
  const speaker = role === "user" ? "user" : "assistant";
  return add(talk, { kind: "said", id: messageId, role: speaker, text: "" });
}

function add(talk: Talk, item: Item): Talk {
  return { ...talk, items: [...talk.items, item] };
}

function edit(talk: Talk, id: string | undefined, change: (item: Item) => Item): Talk {
  return { ...talk, items: talk.items.map((item) => (item.id === id ? change(item) : item)) };
}

function questionOf({ id, toolCallId, expiresAt, metadata }: Interrupt): Question {
  return { id, callId: toolCallId, expiresAt, ...metadata };
}

/** The conversation with something the person has just sent. */
export function withMessage(talk: Talk, text: string): Talk {
  return add(talk, { kind: "said", id: `sent-${talk.items.length}`, role: "user", text });
}

/** The conversation while an answer to one of its questions is on its way. */
export function withoutQuestion(talk: Talk, id: string): Talk {
  return { ...talk, pending: talk.pending.filter((one) => one.id !== id) };
}

export function callsOf(talk: Talk): Call[] {
  return talk.items.filter((item) => item.kind === "call");
}
