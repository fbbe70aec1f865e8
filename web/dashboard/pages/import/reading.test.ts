import { expect, test } from "vitest";
import { commandsIn, MIB, requestOf, size, sourceOfText } from "./reading.ts";

test.each([
  ["one", "curl https://x.example", ["curl https://x.example"]],
  ["with a prompt", "$ curl https://x.example\n", ["curl https://x.example"]],
  ["below each other", "curl a\ncurl.exe b\n\n# said\ncurl c", ["curl a", "curl.exe b", "curl c"]],
  ["continued", "curl a \\\n  -H 'A: b'\ncurl b", ["curl a \\\n  -H 'A: b'", "curl b"]],
  ["continued by PowerShell", "curl a `\n -H b\ncurl c", ["curl a `\n -H b", "curl c"]],
  ["continued at a Windows prompt", "curl a ^\r\n -H b\r\ncurl c", ["curl a ^\r\n -H b", "curl c"]],
  ["quoting itself", "curl -d 'x\ncurl y\n' a\ncurl b", ["curl -d 'x\ncurl y\n' a", "curl b"]],
  ["with escapes", 'curl -d "\\"\ncurl y" a\ncurl b', ['curl -d "\\"\ncurl y" a', "curl b"]],
  [
    "in ANSI quotes",
    "curl -d $'it\\'s\ncurl y' a\ncurl b",
    ["curl -d $'it\\'s\ncurl y' a", "curl b"],
  ],
  ["a comment's apostrophe", "# don't\ncurl a\n# can't\ncurl b", ["curl a", "curl b"]],
  ["something before", "A=1\ncurl $A", ["A=1\ncurl $A"]],
  ["something behind", "curl a\njq .\ncurl b", ["curl a\njq .", "curl b"]],
  ["no command", "wget a", ["wget a"]],
  ["a quote that stays open", "curl 'a\ncurl b", ["curl 'a\ncurl b"]],
  ["nothing", " \n", []],
])("commands are taken apart: %s", (_, text, commands) => {
  expect(commandsIn(text)).toEqual(commands);
});

test("a megabyte that never closes its quote is taken apart at once", () => {
  const before = performance.now();
  expect(commandsIn(`curl '${"x\n".repeat(MIB / 2)}`)).toHaveLength(1);
  expect(performance.now() - before).toBeLessThan(1_000);
});

test.each([
  ['{"openapi": "3.1.0", "paths": {}}', "openapi"],
  ['{"swagger": "2.0"}', "openapi"],
  ["# ours\nopenapi: 3.0.3\npaths: {}", "openapi"],
  ["'openapi': 3.0.3", "openapi"],
  ['{"actions": [{}]}', "actions"],
  ["[{}]", "actions"],
  ["\n$ curl https://x.example", "curl"],
])("%j is known by what it says", (text, kind) => {
  expect(sourceOfText(text, "a.json")).toHaveProperty("kind", kind);
});

test.each([
  ["", "a.json is empty."],
  ["{oops", "a.json is no valid JSON"],
  ["{}", "neither an OpenAPI document"],
  ["once upon a time", "no OpenAPI document"],
  ["\0\x01\x02", "no text"],
])("%j is refused with a sentence", (text, sentence) => {
  expect(() => sourceOfText(text, "a.json")).toThrow(sentence);
});

test("a file says no more than what it holds: it cannot ask for being stored", () => {
  expect(() => sourceOfText('{"openapi": "3.1.0"}, "save": true', "a.json")).toThrow("no valid");
});

test("what is too large is told with both sizes", () => {
  const large = JSON.stringify({ openapi: "x".repeat(17 * MIB) });
  expect(() => sourceOfText(large, "a.json")).toThrow(/a\.json has 17 MiB .* 16 MiB is the most/);
  expect([12, 2048, 1.5 * MIB].map(size)).toEqual(["12 bytes", "2 KiB", "1.5 MiB"]);
});

test("a document is sent without its white space, and with the address that was given", async () => {
  const document = sourceOfText('{ "openapi": "3.1.0",\n "paths": {} }', "a.json");
  const exported = sourceOfText('[ { "name": "a" } ]', "a.json");
  const sent = [document, exported].map((one) =>
    "value" in one ? requestOf(one, 'https://x"').text() : "",
  );
  expect(await Promise.all(sent)).toEqual([
    '{"openapi":{"openapi":"3.1.0","paths":{}},"baseUrl":"https://x\\""}',
    '{"actions":[{"name":"a"}]}',
  ]);
});
