/** A conversation as it is drawn, out of its transcript and out of the events of a stream. */
import type { Answer, Schemas } from "#protocol";

export interface Said {
  kind: "said";
  id: string;
  role: "user" | "assistant";
  text: string;
}

export interface Call {
  kind: "call";
  id: string;
  /** Of the turn it was made in; not known while that is streamed. */
  turn?: string;
  tool: string;
  /** JSON. */
  args: string;
  result?: string;
  failed?: boolean;
  /** The recorded run; none where the call was refused before there was one. */
  runId?: string | undefined;
  startedMs: number;
  answeredMs?: number;
}

export interface Fault {
  kind: "fault";
  id: string;
  message: string;
}

/** An Adaptive Card that a call has shown. */
export interface Shown {
  kind: "card";
  id: string;
  callId?: string | undefined;
  widget: string;
  card: Record<string, unknown>;
  /** The text on it, for where it is not drawn. */
  spoken: string;
}

export type Item = Said | Call | Fault | Shown;
export type Turn = Schemas["ChatTurn"];
export type Usage = Schemas["Usage"];

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
  turns: readonly Turn[];
  usage?: Usage | null;
  /** Where the older ones begin that are not here. */
  earlier?: number | null;
  /** Results of calls that are on the page before, by call. */
  loose?: ReadonlyMap<string, Message>;
}

export const NOTHING: Talk = { items: [], pending: [], turns: [] };

export type Transcript = Answer<"/api/conversations/{conversation_id}", "get">;
type Message = Transcript["messages"][number];

export function fromTranscript({ messages, pending, turns, usage, next }: Transcript): Talk {
  const results = new Map(
    // A card names its call too.
    messages.flatMap((one) =>
      one.role === "tool" && one.toolCallId ? [[one.toolCallId, one]] : [],
    ),
  );
  const made = new Set(messages.flatMap(({ toolCalls }) => (toolCalls ?? []).map(({ id }) => id)));
  const runs = new Map(pending.map((one) => [one.callId, one.actionRunId]));
  return {
    items: messages.flatMap((one) => itemsOf(one, results, runs)),
    pending: pending.map((one) => ({ ...one })),
    turns,
    usage,
    earlier: next,
    loose: new Map([...results].filter(([id]) => !made.has(id))),
  };
}

function itemsOf(
  message: Message,
  results: ReadonlyMap<string, Message>,
  runs: ReadonlyMap<string, string>,
): Item[] {
  const { id, role, content, fault, toolCalls, turn } = message;
  if (role === "tool") return [];
  if (role === "card") {
    const { cardId, widget, card } = message;
    return [shownOf({ cardId: cardId ?? id, widget, card, spoken: content })];
  }
  if (fault) return [{ kind: "fault", id, message: content ?? fault }];
  if (!toolCalls) return [{ kind: "said", id, role, text: content ?? "" }];
  return toolCalls.map((call) => {
    const made: Call = {
      kind: "call",
      id: call.id,
      turn,
      tool: call.function.name,
      args: call.function.arguments,
      runId: runs.get(call.id),
      startedMs: Date.parse(message.at),
    };
    return withResult(made, results.get(call.id));
  });
}

/** What the server tells of a card. */
export interface ToldCard {
  cardId: string;
  callId?: string | null;
  widget?: string | null | undefined;
  card?: Record<string, unknown> | null | undefined;
  spoken?: string | null | undefined;
}

export function shownOf({ cardId, callId, widget, card, spoken }: ToldCard): Shown {
  return {
    kind: "card",
    id: cardId,
    callId: callId ?? undefined,
    widget: widget ?? "",
    card: card ?? {},
    spoken: spoken ?? "",
  };
}

function withResult(call: Call, result: Message | undefined): Call {
  if (!result) return call;
  return {
    ...call,
    result: result.content ?? "",
    failed: result.failed === true,
    answeredMs: Date.parse(result.at),
    runId: result.actionRunId ?? undefined,
  };
}

/** The newest page put behind older ones that were read before; those stay in sight. */
export function renewed(before: Talk, fresh: Talk): Talk {
  const first = fresh.items[0]?.id;
  const at = before.items.findIndex((one) => one.id === first);
  if (at <= 0) return fresh;
  return joined({ ...before, items: before.items.slice(0, at) }, fresh);
}

/** A page put before what followed it. */
export function joined(older: Talk, newer: Talk): Talk {
  const known = new Set(newer.turns.map((one) => one.id));
  const before = older.items.map((one) =>
    one.kind === "call" ? withResult(one, newer.loose?.get(one.id)) : one,
  );
  return {
    ...newer,
    items: [...before, ...newer.items],
    turns: [...older.turns.filter((one) => !known.has(one.id)), ...newer.turns],
    earlier: older.earlier ?? null,
    loose: older.loose ?? new Map(),
  };
}

/** The conversation with something the person has just sent. */
export function withMessage(talk: Talk, text: string): Talk {
  const said: Said = { kind: "said", id: `sent-${talk.items.length}`, role: "user", text };
  return { ...talk, items: [...talk.items, said] };
}

/** The conversation while an answer to one of its questions is on its way. */
export function withoutQuestion(talk: Talk, id: string): Talk {
  return { ...talk, pending: talk.pending.filter((one) => one.id !== id) };
}

export function callsOf(talk: Talk): Call[] {
  return talk.items.filter((item) => item.kind === "call");
}
