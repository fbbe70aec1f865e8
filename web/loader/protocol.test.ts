import { describe, expect, it } from "vitest";
import { post, read, TO_FRAME, TO_LOADER } from "./protocol.ts";

const PAGE = { name: "the page" };
const PEER = { source: PAGE, origin: "https://shop.example" };

function event(data: unknown, { source, origin }: Partial<typeof PEER> = {}): MessageEvent {
  const whole = { source: PAGE, origin: PEER.origin, ...(source && { source }), data };
  return { ...whole, ...(origin !== undefined && { origin }) } as unknown as MessageEvent;
}

const SAY = { deftly: 1, type: "say", text: "Hi" };

it("a message of the peer is read, and only what is named in it", () => {
  const found = read(event({ ...SAY, more: "x", __proto__: null }), TO_FRAME, PEER);
  expect(found).toEqual({ type: "say", text: "Hi" });
});

const cyclic: Record<string, unknown> = { ...SAY };
cyclic["self"] = cyclic;
const polluted = JSON.parse('{"deftly":1,"type":"say","__proto__":{"text":"Hi"}}');

describe("nothing is read of a message", () => {
  const other = { name: "another window" };
  it.each<[string, MessageEvent]>([
    ["of another window", event(SAY, { source: other })],
    ["of another origin", event(SAY, { origin: "https://evil.example" })],
    ["of an origin that looks alike", event(SAY, { origin: "https://shop.example.evil" })],
    ["of another scheme", event(SAY, { origin: "http://shop.example" })],
    ["of another port", event(SAY, { origin: "https://shop.example:8443" })],
    ["of no origin", event(SAY, { origin: "null" })],
    ["without an origin", event(SAY, { origin: "" })],
    ["of another version", event({ ...SAY, deftly: 2 })],
    ["whose version is a text", event({ ...SAY, deftly: "1" })],
    ["without a version", event({ type: "say", text: "Hi" })],
    ["of an unknown type", event({ ...SAY, type: "eval" })],
    ["of the other direction", event({ deftly: 1, type: "ready" })],
    ["of a type every object has", event({ ...SAY, type: "constructor" })],
    ["of the type __proto__", event({ ...SAY, type: "__proto__" })],
    ["whose type is no text", event({ ...SAY, type: ["say"] })],
    ["whose field is missing", event({ deftly: 1, type: "say" })],
    ["whose field is of another kind", event({ ...SAY, text: { length: 1 } })],
    ["whose field is inherited", event(polluted)],
    ["whose text is too long", event({ ...SAY, text: "x".repeat(20_001) })],
    ["that is huge", event({ ...SAY, more: "x".repeat(300_000) })],
    ["that holds itself", event(cyclic)],
    ["that is no object", event("say")],
    ["that is a list", event([SAY])],
    ["that is nothing", event(null)],
  ])("%s", (_, given) => {
    expect(read(given, TO_FRAME, PEER)).toBeUndefined();
  });
});

it("before there is a window, messages of no window are not its own", () => {
  const given = { source: null, origin: PEER.origin, data: SAY } as MessageEvent;
  expect(read(given, TO_FRAME, { source: undefined, origin: PEER.origin })).toBeUndefined();
  expect(read(given, TO_FRAME, { source: null, origin: PEER.origin })).toBeUndefined();
});

it.each([
  ["args that are a list", { args: [] }],
  ["a time that is no number", { timeoutS: "5" }],
  ["a time that has no end", { timeoutS: Number.POSITIVE_INFINITY }],
  ["a time before now", { timeoutS: -1 }],
])("a call with %s is not made", (_, wrong) => {
  const call = { callId: "c", script: "/x", integrity: "sha256-x", args: {}, returns: true };
  const whole = { deftly: 1, type: "client_run", ...call, timeoutS: 5 };
  expect(read(event(whole), TO_LOADER, PEER)).toMatchObject({ type: "client_run" });
  expect(read(event({ ...whole, ...wrong }), TO_LOADER, PEER)).toBeUndefined();
});

it("a message is sent to one origin and carries the version", () => {
  const heard: unknown[][] = [];
  const to = { postMessage: (...given: unknown[]) => heard.push(given) } as unknown as Window;
  post(to, PEER.origin, { type: "ready" });
  expect(heard).toEqual([[{ deftly: 1, type: "ready" }, PEER.origin]]);
});
