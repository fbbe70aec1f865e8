import { expect, test } from "vitest";
import {
  creationOf,
  type Draft,
  draftOf,
  EMPTY,
  faultIn,
  merge,
  nameFault,
  patchOf,
} from "./draft.ts";
import { schemaFor } from "./schema.ts";

const CARD = { type: "AdaptiveCard", body: [] };
const BASE = draftOf({ name: "card", title: "Card", template: CARD });

test("only what says something else is sent, however it is laid out", () => {
  const after: Draft = { ...BASE, template: JSON.stringify(CARD), exampleData: '{"a": 1}' };

  expect(patchOf(BASE, after)).toEqual({ exampleData: { a: 1 } });
});

test("an empty schema takes the stored one away", () => {
  const before = { ...BASE, dataSchema: '{"type": "object"}' };

  expect(patchOf(before, { ...before, dataSchema: " " })).toEqual({ dataSchema: "" });
});

test("what is left empty is left out of a new widget", () => {
  expect(creationOf(BASE, false)).toEqual({
    name: "card",
    title: "Card",
    template: CARD,
    exampleData: {},
    action: false,
  });
});

test("a text that is no JSON is not sent, and told at its field", () => {
  const broken = { ...BASE, template: "{", exampleData: "[]" };

  expect(() => patchOf(BASE, broken)).toThrow("This is not JSON yet");
  expect(faultIn(broken, "exampleData")).toContain("begin with {");
  expect(faultIn({ ...BASE, dataSchema: "" }, "dataSchema")).toBeUndefined();
});

test("a field both have laid out anew is no conflict", () => {
  const ours = { ...BASE, template: JSON.stringify(CARD), title: "Ours" };
  const theirs = { ...BASE, template: JSON.stringify(CARD, null, 4), title: "Theirs" };

  expect(merge(BASE, ours, theirs)).toEqual({
    draft: { ...theirs, title: "Ours" },
    conflicts: ["title"],
  });
});

test.each(["Order", "order-card", "order__card", "_order", ""])("%j is no name", (name) => {
  expect(nameFault(name)).toBeDefined();
});

test("what one begins with has a name to fill in, and nothing else", () => {
  expect(nameFault("order_card_2")).toBeUndefined();
  expect(creationOf({ ...EMPTY, name: "x" }, true)).not.toHaveProperty("title");
});

test("a schema is made of an example", () => {
  const example = { a: "x", b: [{ c: 1 }], d: null, e: [] };

  expect(JSON.parse(schemaFor(example) ?? "")).toEqual({
    type: "object",
    properties: {
      a: { type: "string" },
      b: {
        type: "array",
        items: { type: "object", properties: { c: { type: "number" } }, required: ["c"] },
      },
      d: {},
      e: { type: "array" },
    },
    required: ["a", "b", "d", "e"],
  });
  expect(schemaFor({})).toBeUndefined();
});
