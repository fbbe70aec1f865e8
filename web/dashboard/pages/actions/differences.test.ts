import { expect, test } from "vitest";
import { differences, linesOf } from "./differences.ts";

test("what changed is named as the form names it", () => {
  const before = { handler: { url: "a", headers: { "X-Key": "1" } }, similes: ["one"], version: 1 };
  const after = { handler: { url: "b", headers: {} }, similes: ["one", "two"], version: 2 };
  expect(differences(before, after).map((one) => [one.label, one.before, one.after])).toEqual([
    ["URL", "a", "b"],
    ["Other way to ask", undefined, "two"],
    ["Header X-Key", "1", undefined],
  ]);
});

test("a table of inputs and the schema it stands for are the same", () => {
  const table = { parameters: [{ name: "id", type: "string", required: true }] };
  const inputSchema = { type: "object", properties: { id: { type: "string" } }, required: ["id"] };
  expect(differences(table, { inputSchema })).toEqual([]);
  const other = { inputSchema: { ...inputSchema, required: [] } };
  expect(differences(table, other)).toMatchObject([{ label: "Required inputs", before: "id" }]);
});

test("long texts are compared line by line", () => {
  expect(linesOf("a\nb\nc", "a\nx\nc\nd").map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    "same a",
    "old b",
    "new x",
    "same c",
    "new d",
  ]);
});

test("the lines of both sides all stand there, whatever they are", () => {
  const [before, after] = ["\n\na\nb\na", "a\n\nb\nb\n"];
  const lines = linesOf(before, after);
  const side = (kind: string) =>
    lines.filter((one) => one.kind === "same" || one.kind === kind).map((one) => one.text);
  expect(side("old").join("\n")).toBe(before);
  expect(side("new").join("\n")).toBe(after);
});
