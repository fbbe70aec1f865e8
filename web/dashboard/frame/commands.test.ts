import { expect, test } from "vitest";
import { type Command, search } from "./commands.ts";

const command = (label: string, more: Partial<Command> = {}): Command => ({
  id: label,
  label,
  group: "General",
  run: () => {},
  ...more,
});

const ALL = [
  command("Runs", { group: "Go to" }),
  command("Create an API key", { words: "token" }),
  command("Sign out", { words: "log out" }),
  command("Import actions from OpenAPI"),
];

test.each([
  ["", ["Runs", "Create an API key", "Sign out", "Import actions from OpenAPI"]],
  ["api", ["Create an API key", "Import actions from OpenAPI"]],
  ["IMPORT open", ["Import actions from OpenAPI"]],
  ["log", ["Sign out"]],
  ["go", ["Runs"]],
  ["nothing", []],
])("%s finds %j", (typed, found) => {
  expect(search(ALL, typed).map((one) => one.label)).toEqual(found);
});
