import { expect, test } from "vitest";
import {
  faultIn,
  inputsReadIn,
  judgedInCommand,
  refusedLine,
  secretsReadIn,
  singleQuoted,
} from "./program-text.ts";
import { marksIn } from "./template.ts";

test.each([
  ["return params.a + params.b_2 + params.a", ["a", "b_2"]],
  ["params?.a; params['b-c']; params[\"d\"]", ["a", "b-c", "d"]],
  ["const { a, b: renamed, c = 1 } = params;", ["a", "b", "c"]],
  ["const { x } = params.inner", ["inner"]],
  ["my.params.no; otherparams.no; // params.no\n/* params.no */ return 1", []],
  [`await fetch(\`https://api.example.com/$\{params.id}\`)`, ["id"]],
  ['fetch("https://a.b/" + params.id)', ["id"]],
])("%j reads %j", (code, names) => {
  expect(inputsReadIn(code)).toEqual(names);
});

test("secrets are found where code names them", () => {
  const code = "fetch(u, { headers: { a: secrets.KEY, b: 'Bearer ' + secrets['OTHER-KEY'] } })";
  expect(secretsReadIn(code)).toEqual(["KEY", "OTHER-KEY"]);
});

test.each([
  ["printf '%s' {{a}}", ["'%s'"]],
  ["echo \"it's\" '{{a}}'", ["'{{a}}'"]],
  ["echo it\\'s 'b'", ["'b'"]],
  ["# don't\necho 'b' a#'c'", ["'b'", "'c'"]],
  ["echo 'open", ["'open"]],
  ["cat <<E\nit's\nE", []],
])("%j quotes %j", (command, quoted) => {
  const found = singleQuoted(command).map(({ from, to }) => command.slice(from, to));
  expect(found).toEqual(quoted);
});

test.each([
  ["wc {{a}}", "known"],
  ['wc "{{a}}"', "known"],
  ["wc '{{a}}'", "wrong"],
  ["wc 'x {{a}} y'", "wrong"],
  ["wc {{secrets.KEY}}", "wrong"],
  ["wc {{b}}", "doubt"],
])("the placeholder of %j is %s", (command, kind) => {
  const marks = marksIn(command, { inputs: ["a"], secrets: ["secrets.KEY"] });
  expect(judgedInCommand(command, marks).map((one) => one.kind)).toEqual([kind]);
});

test.each([
  ["TypeError: x is not a function (line 2).", "code_failed", 2],
  ["Error: as in (line 1) of it (line 3)", "code_failed", 3],
  ["Error: (line 4)", "code_failed", undefined],
  ["Error: no place.", "code_failed", undefined],
  ["The time limit was reached (line 2).", "limit_exceeded", undefined],
])("%j of %s is shown at line %s", (error, code, line) => {
  expect(faultIn("a\nb\nc", { ok: false, error, code })?.line).toBe(line);
});

test("a fault says what it is without its place", () => {
  const answer = { ok: false, error: "TypeError: no (line 1).", code: "code_failed" };
  expect(faultIn("a", answer)).toEqual({ code: "a", line: 1, says: "TypeError: no" });
});

test.each([
  ["handler.command: line 2: {{x}} stands in single quotes.", 2],
  ["handler.code: line 2, column 9: SyntaxError: Unexpected token ';'.", 2],
  ["handler.command: line 9: no such line.", undefined],
  ["handler.command must be a text.", undefined],
  [undefined, undefined],
])("the refusal %j is shown at line %s", (refusal, line) => {
  expect(refusedLine("a\nb", refusal)?.line).toBe(line);
});
