import { expect, test } from "vitest";
import { inputsNamedIn, marksIn, saidOf } from "./template.ts";

const KNOWN = { inputs: ["order_id", "address"], secrets: ["secrets.TOKEN"] };

test.each([
  "{{order_id}}",
  "{{ order_id | url }}",
  "{{address.city}}",
  "{{secrets.TOKEN}}",
  "{{user.email}}/{{page.url|json}}",
])("%j is known", (text) => {
  expect(marksIn(text, KNOWN).map((one) => one.kind)).not.toContain("doubt");
  expect(saidOf(marksIn(text, KNOWN))).toEqual({});
});

test.each([
  ["{{other}}", "no input of that name"],
  ["{{other.member|url}}", "no input of that name"],
  ["{{secrets.OTHER}}", "no secret OTHER yet"],
])("%j is doubted", (text, sentence) => {
  expect(saidOf(marksIn(text, KNOWN)).warning).toContain(sentence);
  expect(saidOf(marksIn(text, KNOWN)).problem).toBeUndefined();
});

test.each([
  ["{{order id", "never closed"],
  ["{{order_id}", "never closed"],
  ["order_id}}", "closes nothing"],
  ["{{a + b}}", "no expressions"],
  ["{{}}", "no placeholder"],
  ["{{order_id|upper}}", "unknown filter"],
  ["{{user}}", "needs a member"],
  ["{{secrets}}", "names no secret"],
  ["{{__proto__}}", "two underscores"],
  ["{{deftly.x}}", "reserved"],
])("%j is wrong", (text, sentence) => {
  expect(saidOf(marksIn(text, KNOWN)).problem).toContain(sentence);
});

test.each(["{{", "{{ord", "{{secrets.T", "{{order_id|u"])("%j is not faulted yet", (text) => {
  expect(marksIn(text, KNOWN).map((one) => one.kind)).toEqual(["wrong"]);
  expect(saidOf(marksIn(text, KNOWN))).toEqual({});
});

test("who may not know the secrets doubts none", () => {
  expect(saidOf(marksIn("{{secrets.ANY}}", { ...KNOWN, secrets: undefined }))).toEqual({});
});

test("the braces of JSON are not those of placeholders", () => {
  const body = '{"a": {"n": {{order_id}}}, "b": {"c": {}}}';
  expect(saidOf(marksIn(body, KNOWN, { json: true }))).toEqual({});
  expect(saidOf(marksIn('{"a": "{{ x y }}"}', KNOWN, { json: true })).problem).toContain("x y");
});

test("marks stand where their text does, in order and apart", () => {
  const text = "{{order_id}}-{{nope}}}}{{ open";
  expect(marksIn(text, KNOWN).map(({ from, to, kind }) => [text.slice(from, to), kind])).toEqual([
    ["{{order_id}}", "known"],
    ["{{nope}}", "doubt"],
    ["}}", "wrong"],
    ["{{ open", "wrong"],
  ]);
});

test("inputs are named once each; secrets and the session are none", () => {
  const texts = ["{{a}}/{{ a.b }}", "{{secrets.B}} {{c|url}} {{user.id}}"];
  expect(inputsNamedIn(texts)).toEqual(["a", "c"]);
});
