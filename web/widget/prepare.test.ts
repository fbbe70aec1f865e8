import { describe, expect, it } from "vitest";
import { isWebAddress, prepared } from "./prepare.ts";

const WORDS = { invalid: "Please check." };

function body(...elements: object[]) {
  return prepared({ type: "AdaptiveCard", body: elements }, WORDS)["body"];
}

it("a card is copied, and what JSON has not is left out", () => {
  const card = JSON.parse('{"body":[{"type":"TextBlock","text":"Hi"}],"__proto__":{"x":1}}');
  const made = prepared({ ...card, f: () => 1 }, WORDS);
  expect(made).toEqual({ type: "AdaptiveCard", body: card.body, f: null });
  expect(made["body"]).not.toBe(card.body);
});

it("a list that filters as one types is drawn without the package's HTML", () => {
  const choices = { type: "Input.ChoiceSet", id: "a", choices: [] };
  expect(body({ ...choices, style: "filtered" })).toEqual([choices]);
  expect(body({ ...choices, style: "expanded" })).toEqual([{ ...choices, style: "expanded" }]);
});

describe("an input that is checked says what is wrong", () => {
  const input = { type: "Input.Text", id: "a" };
  it.each<[object, object]>([
    [{ isRequired: true }, { isRequired: true, errorMessage: "Please check." }],
    [{ regex: "^a" }, { regex: "^a", errorMessage: "Please check." }],
    [
      { isRequired: true, errorMessage: "Your name?" },
      { isRequired: true, errorMessage: "Your name?" },
    ],
    [{ isRequired: false }, { isRequired: false }],
    [{}, {}],
  ])("%j", (given, made) => {
    expect(body({ ...input, ...given })).toEqual([{ ...input, ...made }]);
  });
});

it("what is nested without end is cut", () => {
  let deep: object = { type: "TextBlock" };
  for (let depth = 0; depth < 500; depth += 1) deep = { type: "Container", items: [deep] };
  expect(JSON.stringify(body(deep)).length).toBeLessThan(5_000);
});

it.each([null, 1, "card", []])("what is no card is an empty one (%j)", (given) => {
  expect(prepared(given, WORDS)).toEqual({ type: "AdaptiveCard" });
});

it.each([
  ["https://shop.example/a", true],
  ["http://shop.example", true],
  ["javascript:alert(1)", false],
  [" JavaScript:alert(1)", false],
  ["data:text/html,x", false],
  ["file:///etc/passwd", false],
  ["/relative", false],
  ["", false],
  [null, false],
])("%j leads to the web: %s", (address, is) => {
  expect(isWebAddress(address)).toBe(is);
});
