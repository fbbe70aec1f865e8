import { describe, expect, it } from "vitest";
import type { Run } from "./chat.ts";
import { pairsOf } from "./pairs.ts";
import { type Call, callsOf, fromTranscript, heard, NOTHING, type Talk } from "./talk.ts";

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

  it("does not change for events it does not know", () => {
    expect(streamed({ type: "CUSTOM" })).toBe(NOTHING);
  });
});

it("a transcript brings calls and results together and keeps faults apart from words", () => {
  const at = "2026-01-01T00:00:00.000Z";
  const call = { id: "c1", type: "function" as const, function: { name: "t", arguments: "{}" } };
  const { items } = fromTranscript({
    conversation: {} as never,
    pending: [],
    next: null,
    messages: [
      { id: "1", at, role: "user", content: "Hi" },
      { id: "2", at, role: "assistant", toolCalls: [call] },
      { id: "3", at, role: "tool", toolCallId: "c1", content: "no", failed: true },
      { id: "4", at, role: "assistant", content: "It broke.", fault: "model_unavailable" },
    ],
  });
  expect(items.map((one) => one.kind)).toEqual(["said", "call", "fault"]);
  expect(items[1]).toMatchObject({ result: "no", failed: true });
});

it("a call without a run of its own takes none from another", () => {
  const made = (id: string, startedMs: number, answeredMs: number): Call => ({
    ...{ kind: "call", id, tool: "t", args: "{}" },
    ...{ startedMs, answeredMs },
  });
  const run = { id: "r", tool: "t", createdAt: new Date(9_000).toISOString() } as Run;
  const pairs = pairsOf([made("refused", 1_000, 1_010), made("ran", 8_990, 9_100)], [run]);
  expect([...pairs.keys()]).toEqual(["ran"]);
});
