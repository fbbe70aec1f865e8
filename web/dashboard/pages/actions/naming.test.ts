import { expect, test } from "vitest";
import { nameProblem, toolName } from "./naming.ts";

test.each([
  ["get my-weather!", "get_my_weather"],
  ["getHTTPStatus", "get_http_status"],
  ["OAUTH2TOKEN", "oauth2token"],
  ["  Größe des Pakets ", "groe_des_pakets"],
  ["…", ""],
])("%j is seen by a model as %j", (typed, seen) => {
  expect(toolName(typed)).toBe(seen);
});

test("a name is faulted only once something is typed", () => {
  expect(nameProblem("")).toBeUndefined();
  expect(nameProblem("…")).toContain("letters");
  expect(nameProblem("a".repeat(61))).toContain("61");
});
