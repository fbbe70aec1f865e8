import { expect, test } from "vitest";
import { placeIn } from "./json-place.ts";

const TEXT = `{
  "type": "AdaptiveCard",
  "a\\"b": [1, -2.5e3, "x, ]"],
  "body": [
    {"text": "{nope", "wrap": true},
    {}
  ]
}
`;

test.each([
  [["type"], '"type": "AdaptiveCard"'],
  [['a"b', "2"], '"x, ]"'],
  [['a"b', "1"], "-2.5e3"],
  [["body", "0", "text"], '"text": "{nope"'],
  [["body", "0", "wrap"], '"wrap": true'],
  [["body", "1"], "{}"],
  [["body"], '"body": ['],
  [["body", "0", "gone", "further"], "{"],
  [[], "{"],
])("%j is found", (path, found) => {
  const { from, to } = placeIn(TEXT, path);
  expect(TEXT.slice(from, to)).toBe(found);
});
