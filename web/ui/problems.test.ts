import { expect, test } from "vitest";
import { problemsAt, unclaimed } from "./problems.ts";

const at = (path: string) => ({ path, message: `about ${path}` });

test.each([
  ["name", "name", true],
  ["handler.url", "handler.url", true],
  ["handler", "handler.url", true],
  ["handler.url", "handler", false],
  ["parameters[0].name", "parameters.0.name", true],
  ["parameters.0.name", "/parameters/0/name", true],
  ["param", "parameters", false],
  ["name", "", false],
])("a field at %s shows a problem at %s: %s", (field, path, shown) => {
  expect(problemsAt([at(path)], field).length > 0).toBe(shown);
});

test("what no field shows is left over, once", () => {
  const problems = [at("name"), at("limits.calls"), at("")];

  expect(unclaimed(problems, ["name", "handler.url"])).toEqual([at("limits.calls"), at("")]);
});
