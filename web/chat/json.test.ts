import { describe, expect, it } from "vitest";
import { asJson, withoutPrototypes } from "./json.ts";

it.each<[unknown, unknown]>([
  [undefined, null],
  ["text", "text"],
  [0, 0],
  [{ a: [1, null, true], b: undefined }, { a: [1, null, true] }],
  [[undefined], [null]],
  [Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
])("plain values stay as JSON has them (%#)", (given, kept) => {
  expect(asJson(given)).toEqual(kept);
});

describe("what only looks like JSON is refused in words", () => {
  class Node {}
  const holdsItself: unknown[] = [];
  holdsItself.push(holdsItself);
  it.each<[string, unknown, RegExp]>([
    ["an instance of a class", { node: new Node() }, /result\.node is a Object/],
    ["a date", new Date(0), /a Date/],
    ["a map", [new Map()], /result\[0\] is a Map/],
    ["no number", Number.NaN, /a number/],
    ["a function", { f: () => 1 }, /result\.f is a function/],
    ["what holds itself", holdsItself, /nested too deep/],
    ["what is too long", "x".repeat(20_001), /over 20000 characters/],
  ])("%s", (_, given, why) => {
    expect(() => asJson(given)).toThrow(why);
  });
});

it("arguments named __proto__ reach no script", () => {
  const given = JSON.parse('{"a":{"__proto__":{"admin":true},"b":1},"__proto__":{"admin":true}}');
  const kept = withoutPrototypes(given);
  expect(Object.assign({}, kept).admin).toBeUndefined();
  expect(Object.assign({}, kept.a)).toEqual({ b: 1 });
});
