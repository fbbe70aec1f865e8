import { expect, test } from "vitest";
import { schemaFault } from "./schema.ts";

test.each([
  ["{}", undefined],
  ['{"type": "object", "properties": {"a": {"type": ["string", "null"]}}}', undefined],
  ["", "Write a schema"],
  ["[]", "no JSON object"],
  ['{"type": "array"}', 'must be "object"'],
  ['{"properties": []}', "properties must be"],
  ['{"properties": {"a": true}}', "properties.a must be"],
  ['{"properties": {"a": {"type": "text"}}}', 'properties.a.type is "text"'],
  ['{"properties": {}, "required": ["a"]}', "required names a"],
  ['{"required": "a"}', "required must be"],
])("of %j is said %j", (text, said) => {
  if (said === undefined) expect(schemaFault(text)).toBeUndefined();
  else expect(schemaFault(text)).toContain(said);
});

test("a fault of the JSON names its line", () => {
  expect(schemaFault('{\n  "type": "object",\n  oops\n}')).toContain("line 3");
});
