import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Doing, drain, makeListeners, makeSdk } from "./sdk.ts";

let told: unknown[];

beforeEach(() => {
  told = [];
  vi.stubGlobal("reportError", (fault: unknown) => told.push(fault));
});

afterEach(() => vi.unstubAllGlobals());

function made(more: Partial<Doing> = {}) {
  const done: unknown[] = [];
  const noted =
    (name: string) =>
    (...given: unknown[]) => {
      done.push([name, ...given]);
    };
  const doing = {
    open: noted("open"),
    close: noted("close"),
    toggle: noted("toggle"),
    reset: noted("reset"),
    send: noted("send"),
    identify: async () => true,
    ...more,
  };
  const listeners = makeListeners();
  return { done, listeners, sdk: makeSdk(doing, listeners, () => {}) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it("calls made before there was anybody are made in their order", () => {
  const { sdk, done } = made();
  drain(sdk, { q: [["send", "Hi", { open: false }], ["open"]] });
  expect(done).toEqual([["send", "Hi", { open: false }], ["open"]]);
});

it("a queue goes on taking calls", () => {
  const { sdk, done } = made();
  sdk.q.push(["close"]);
  expect(done).toEqual([["close"]]);
});

it.each<[unknown]>([
  [undefined],
  [{}],
  [{ q: "open" }],
  [{ q: [] }],
])("without a queue nothing is done (%#)", (before) => {
  const { sdk, done } = made();
  drain(sdk, before);
  expect(done).toEqual([]);
  expect(told).toEqual([]);
});

it.each<[unknown]>([
  [["_register", "x", () => 1]],
  [["constructor"]],
  [["__proto__"]],
  [[]],
  ["open it"],
  [null],
  [[{}]],
])("what is no method is told and keeps nothing from the others (%#)", async (call) => {
  const { sdk, done } = made();
  drain(sdk, { q: [call, ["open"]] });
  await settled();
  expect(done).toEqual([["open"]]);
  expect(told).toHaveLength(1);
});

it("a queued call that fails is told", async () => {
  const { sdk } = made({ identify: () => Promise.reject(new Error("wrong hash")) });
  drain(sdk, { q: [["identify", {}]] });
  await settled();
  expect(told).toEqual([new Error("wrong hash")]);
});

it("listeners hear what they asked for until they are off", () => {
  const { sdk, listeners } = made();
  const heard: unknown[] = [];
  const listener = (detail: unknown) => heard.push(detail);
  const off = sdk.on("message", listener);
  sdk.on("message", listener);
  listeners.tell("message", 1);
  listeners.tell("open", 2);
  off();
  listeners.tell("message", 3);
  expect(heard).toEqual([1]);
});

it("a listener that throws keeps nothing from the others", async () => {
  const { sdk, listeners } = made();
  const heard: unknown[] = [];
  sdk.on("open", () => {
    throw new Error("mine");
  });
  sdk.on("open", (detail) => heard.push(detail));
  listeners.tell("open", 1);
  await settled();
  expect(heard).toEqual([1]);
  expect(told).toEqual([new Error("mine")]);
});
