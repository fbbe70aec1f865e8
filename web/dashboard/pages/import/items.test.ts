import { expect, test } from "vitest";
import type { Definition } from "../actions/draft.ts";
import { fits, freeName, hostOf, type Item, judge, pathOf, selectedAtFirst } from "./items.ts";
import { partsOf, requestFor } from "./storing.ts";

function item(key: number, change: Partial<Item> = {}, definition: Partial<Definition> = {}): Item {
  const handler = { type: "http", method: "GET", url: "https://api.example.com/orders/{{id}}?a=1" };
  const whole = { name: `GET_${key}`, description: "Looks up.", handler, ...definition };
  return { key, source: `op${key}`, definition: whole as Definition, warnings: [], ...change };
}

const POST = { type: "http", method: "POST", url: "https://u:p@x.example" } as const;
const SECRET = {
  type: "http",
  url: "https://x.example",
  headers: { A: "Bearer {{secrets.KEY}}" },
} as Definition["handler"];

test("host and path are those of the request", () => {
  expect([hostOf(item(1)), pathOf(item(1))]).toEqual(["api.example.com", "/orders/{{id}}"]);
  expect([hostOf, pathOf].map((of) => of(item(1, {}, { handler: POST })))).toEqual([
    "x.example",
    "/",
  ]);
});

test("of equal names the first that is ticked is free, and a taken one never", () => {
  const items = [item(1, {}, { name: "Same" }), item(2, {}, { name: "same" }), item(3)];
  const { problems } = judge(items, new Set([2]), new Set(["get_3"]));
  expect([...problems]).toEqual([
    [1, "Another one here is called same too."],
    [3, "There is an action get_3 already."],
  ]);
});

test.each(["", "???", "x".repeat(61)])("the name %j is told to be none", (name) => {
  expect(judge([item(1, {}, { name })], new Set(), new Set()).problems.has(1)).toBe(true);
});

test("a secret nobody has stored is told, but not where a command brings it", () => {
  const items = [
    item(1, {}, { handler: SECRET }),
    item(2, { command: "curl", keeps: ["KEY"] }, { handler: SECRET }),
  ];
  const known = (names: string[]) => judge(items, new Set(), new Set(), names).missing;
  expect([...known([])]).toEqual([[1, ["KEY"]]]);
  expect([...known(["secrets.KEY"])]).toEqual([]);
});

test("secrets that code names are told", () => {
  const code = "return fetch('https://x.example', { headers: { a: secrets.KEY } })";
  const handler = { type: "code", code } as Definition["handler"];
  const { missing } = judge([item(1, {}, { handler })], new Set(), new Set());
  expect([...missing]).toEqual([[1, ["KEY"]]]);
});

test("free names are numbered, and cut where they get too long", () => {
  expect(freeName("GET_ORDER", new Set(["get_order", "get_order_2"]))).toBe("get_order_3");
  const long = "x".repeat(60);
  expect(freeName(long, new Set([long]))).toBe(`${"x".repeat(58)}_2`);
});

test.each([
  [{ words: "orders OP1" }, true],
  [{ words: "refund" }, false],
  [{ method: "reads" }, true],
  [{ method: "writes" }, false],
  [{ method: "GET" }, true],
  [{ show: "selected" }, false],
  [{ show: "notes" }, false],
])("the filter %j lets a look-up through: %s", (filter, let_through) => {
  const whole = { words: "", method: "", show: "", ...filter };
  const judged = judge([], new Set(), new Set());
  expect(fits(item(1), whole, judged, new Set())).toBe(let_through);
});

test("all of a few are ticked at first, none of many", () => {
  const many = Array.from({ length: 21 }, (_, key) => item(key));
  expect(selectedAtFirst(many.slice(1)).size).toBe(20);
  expect(selectedAtFirst(many).size).toBe(0);
});

test("commands are stored one by one as they were changed, the others together", () => {
  const command = item(1, { command: "curl x" }, { name: "mine", executionMode: "confirm" });
  const others = Array.from({ length: 26 }, (_, key) => item(key + 2));
  const parts = partsOf([...others, command]);
  expect(parts.map((one) => one.length)).toEqual([1, 25, 1]);
  expect(requestFor(parts[0] ?? [])).toEqual({
    curl: "curl x",
    changes: { name: "mine", description: "Looks up.", executionMode: "confirm" },
    save: true,
  });
  expect(requestFor(parts[2] ?? [])).toEqual({ actions: [others[25]?.definition], save: true });
});
