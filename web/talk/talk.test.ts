import { describe, expect, it } from "vitest";
import { heard } from "./heard.ts";
import { hiddenForEarlier, hiddenForLater, partOf } from "./part.ts";
import { callsOf, fromTranscript, joined, NOTHING, renewed, type Talk } from "./talk.ts";

const QUESTION = {
  id: "q1",
  toolCallId: "c1",
  expiresAt: "2026-01-02T00:00:00.000Z",
  metadata: { tool: "create_return", summary: { method: "POST" }, token: "t" },
};

function streamed(...events: Parameters<typeof heard>[1][]): Talk {
  return events.reduce((talk, event, at) => heard(talk, event, 1_000 + at), NOTHING);
}

const CALLED = [
  { type: "TOOL_CALL_START", toolCallId: "c1", toolCallName: "create_return" },
  { type: "TOOL_CALL_ARGS", toolCallId: "c1", delta: '{"order' },
  { type: "TOOL_CALL_ARGS", toolCallId: "c1", delta: '":1}' },
  { type: "TOOL_CALL_END", toolCallId: "c1" },
];

describe("a stream", () => {
  it("puts words together in the order they come", () => {
    const { items } = streamed(
      { type: "TEXT_MESSAGE_START", messageId: "m", role: "assistant" },
      { type: "TEXT_MESSAGE_CONTENT", messageId: "m", delta: "Hel" },
      { type: "TEXT_MESSAGE_CONTENT", messageId: "m", delta: "lo" },
    );
    expect(items).toEqual([{ kind: "said", id: "m", role: "assistant", text: "Hello" }]);
  });

  it("keeps a call with its arguments, its result and its time", () => {
    const answered = { type: "TOOL_CALL_RESULT", toolCallId: "c1", content: "done" };
    const [call] = callsOf(streamed(...CALLED, answered));
    expect(call).toMatchObject({ args: '{"order":1}', result: "done", startedMs: 1_000 });
    expect(call?.answeredMs).toBe(1_004);
  });

  it("ends with its questions, each with the token it came with", () => {
    const outcome = { type: "interrupt", interrupts: [QUESTION] };
    const { pending } = streamed(...CALLED, { type: "RUN_FINISHED", outcome });
    expect(pending).toMatchObject([{ id: "q1", callId: "c1", token: "t" }]);
  });

  it("shows a card once, however often it is told", () => {
    const value = { cardId: "r1", callId: "c1", widget: "order", card: { body: [] }, spoken: "Hi" };
    const told = { type: "CUSTOM", name: "deftly.widget", value };
    const { items } = streamed(told, told);
    expect(items).toMatchObject([{ kind: "card", id: "r1", callId: "c1", spoken: "Hi" }]);
  });

  it("does not change for events it does not know", () => {
    expect(streamed({ type: "CUSTOM" })).toBe(NOTHING);
  });
});

const AT = "2026-01-01T00:00:00.000Z";
const CALL = { id: "c1", type: "function" as const, function: { name: "t", arguments: "{}" } };
const MESSAGES = [
  { id: "1", at: AT, turn: "t1", role: "user" as const, content: "Hi" },
  { id: "2", at: AT, turn: "t1", role: "assistant" as const, toolCalls: [CALL] },
  { id: "3", at: AT, turn: "t1", role: "tool" as const, toolCallId: "c1", content: "no" },
  { id: "4", at: AT, turn: "t1", role: "assistant" as const, content: "It broke.", fault: "x" },
];
const TOLD = { failed: true as const, actionRunId: "r1" };

function page(messages: typeof MESSAGES, next: number | null = null): Talk {
  return fromTranscript({
    conversation: {} as never,
    pending: [],
    turns: [{ id: "t1", startedAt: AT, chosen: false }],
    usage: null,
    chosenModel: null,
    seq: 4,
    next,
    messages: messages.map((one) => (one.role === "tool" ? { ...one, ...TOLD } : one)),
  });
}

it("a transcript brings calls and results together and keeps faults apart from words", () => {
  const { items } = page(MESSAGES);
  expect(items.map((one) => one.kind)).toEqual(["said", "call", "fault"]);
  expect(items[1]).toMatchObject({ result: "no", failed: true, runId: "r1", turn: "t1" });
});

it("a call on the page before gets its result from the page after", () => {
  const whole = joined(page(MESSAGES.slice(0, 2)), page(MESSAGES.slice(2), 3));
  expect(whole.items).toEqual(page(MESSAGES).items);
  expect(whole.turns).toHaveLength(1);
  expect(whole.earlier).toBeNull();
});

it("earlier pages stay when the newest one is read anew", () => {
  const whole = joined(page(MESSAGES.slice(0, 1)), page(MESSAGES.slice(1), 2));
  const again = renewed(whole, page(MESSAGES.slice(1), 2));
  expect(again.items).toEqual(whole.items);
  expect(again.earlier).toBeNull();
  expect(renewed(NOTHING, page(MESSAGES.slice(1), 2)).earlier).toBe(2);
});

it("what is told twice stands there once", () => {
  const said = [
    { type: "TEXT_MESSAGE_START", messageId: "m", role: "assistant" },
    { type: "TEXT_MESSAGE_CONTENT", messageId: "m", delta: "Hello" },
  ];
  expect(streamed(...said, ...said).items).toEqual(streamed(...said).items);
});

it("no more than a part of a long conversation is drawn, and every part can be", () => {
  const items = Array.from({ length: 1_000 }, (_, at) => ({
    ...{ kind: "said" as const, role: "user" as const, text: "" },
    id: String(at),
  }));
  const seen = new Set<string>();
  let part = partOf(items, 0);
  expect(part.items.at(-1)?.id).toBe("999");
  for (let step = 0; step < 5; step += 1) {
    expect(part.items).toHaveLength(400);
    for (const one of part.items) seen.add(one.id);
    part = partOf(items, hiddenForEarlier(part));
  }
  expect(seen.size).toBe(1_000);
  expect(part.before).toBe(0);
  for (let step = 0; step < 5; step += 1) part = partOf(items, hiddenForLater(part));
  expect(part).toEqual(partOf(items, 0));
});
