import { expect, test } from "vitest";
import { type Action, definitionOf, draftOf, EMPTY, merge, patchOf } from "./draft.ts";
import { argumentsOf, inputsInSchema, typedOf } from "./inputs.ts";

const STORED: Action = {
  id: "1",
  name: "GET_ORDER",
  description: "Looks up an order.",
  createdAt: "",
  updatedAt: "",
  version: 3,
  inputSchema: { type: "object", properties: { id: { type: "string" } }, required: ["id"] },
  parameters: [{ name: "id", type: "string", description: "", required: true }],
  handler: {
    type: "http",
    method: "POST",
    url: "https://api.example.com/{{id}}",
    headers: { "X-Key": "{{secrets.KEY}}" },
    body: '{"id": "{{id}}"}',
    omitMissing: true,
    timeoutS: 15,
  },
};

test("an action that was only looked at is sent back without a change", () => {
  expect(patchOf(draftOf(STORED), STORED)).toEqual({});
});

test("an edit of the request keeps what the form does not show, and a text as a text", () => {
  const patch = patchOf({ ...draftOf(STORED), url: "https://other.example.com" }, STORED);
  expect(patch.handler).toMatchObject({ omitMissing: true, body: '{"id": "{{id}}"}' });
  expect(patch).not.toHaveProperty("parameters");
});

test.each([
  ['{"n": "{{count}}"}', { n: "{{count}}" }],
  ['{"n": {{count}}}', '{"n": {{count}}}'],
  ["plain", "plain"],
])("the body %j goes as %j", (body, sent) => {
  expect(definitionOf({ ...EMPTY, body }).handler).toHaveProperty("body", sent);
});

test("a schema that says more than the table is edited as a schema", () => {
  const rich = { ...STORED, inputSchema: { ...STORED.inputSchema, additionalProperties: false } };
  expect(draftOf(STORED).schema).toBeUndefined();
  expect(draftOf(rich).schema).toContain("additionalProperties");
  expect(() => definitionOf({ ...EMPTY, schema: "{" })).toThrow("not JSON yet");
});

test("a merge takes what only others changed and names what both did", () => {
  const mine = { ...EMPTY, name: "mine", url: "mine" };
  const theirs = { ...EMPTY, url: "theirs", description: "theirs" };
  expect(merge(EMPTY, mine, theirs)).toEqual({
    draft: { ...EMPTY, name: "mine", url: "mine", description: "theirs" },
    clashes: ["url"],
  });
});

test("samples become values of their types, and stay text where they do not fit", () => {
  const schema = { properties: { n: { type: "integer" }, s: {}, o: { type: "object" } } };
  const inputs = inputsInSchema(JSON.stringify(schema)) ?? [];
  expect(argumentsOf(inputs, { n: "12", s: "12", o: "{oops" })).toEqual({
    n: 12,
    s: "12",
    o: "{oops",
  });
});

test("examples come back as they were typed", () => {
  expect(typedOf({ n: 12, s: "12", o: { a: [1] }, b: false })).toEqual({
    n: "12",
    s: "12",
    o: '{"a":[1]}',
    b: "false",
  });
});

test.each([
  [{ type: "code", code: "return 1", timeoutS: 5 }, "code"],
  [{ type: "client", code: "go()", returns: true, timeoutS: 5 }, "client"],
  [{ type: "shell", command: "date", timeoutS: 5, "x-note": "kept" }, "shell"],
  [{ type: "shell", command: "ls {{a}}", allowOptions: ["a"], timeoutS: 5 }, "shell"],
  [{ type: "widget" }, "widget"],
] as const)("%j is edited as it is", (handler, kind) => {
  const stored = { ...STORED, handler, widget: "card" } as Action;
  expect(draftOf(stored).kind).toBe(kind);
  expect(definitionOf(draftOf(stored), stored).handler).toEqual(handler);
  expect(patchOf(draftOf(stored), stored)).toEqual({});
});

test("a call with a widget is a type of its own, and one without names none", () => {
  const both = { ...STORED, widget: "order_card" };
  expect(draftOf(both).kind).toBe("httpWidget");
  expect(definitionOf({ ...draftOf(both), widget: "other" }).widget).toBe("other");
  expect(definitionOf({ ...draftOf(both), kind: "http" })).not.toHaveProperty("widget");
});

test.each([
  [{ type: "code", code: "return 1" }, "10"],
  [{ type: "shell", command: "date" }, "30"],
  [{ type: "widget" }, ""],
] as const)("%j without a time limit gets the usual one", (handler, timeout) => {
  expect(draftOf({ ...STORED, handler } as Action).timeout).toBe(timeout);
});

test("an example is sent with what it was kept from", () => {
  const example = { question: "Where is it?", params: { id: "A" } };
  expect(patchOf({ ...draftOf(STORED), examples: [example] }, STORED)).toEqual({
    examples: [example],
  });
});
