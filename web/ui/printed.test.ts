import { expect, test } from "vitest";
import { consoleText, printedOf } from "./printed.ts";

test.each([
  [{ exit_code: 0, stdout: "2\n", stderr: "" }, true],
  [{ exit_code: 3, stdout: "", stderr: "no", truncated: true }, true],
  [{ exit_code: 0, stdout: "" }, false],
  [{ exit_code: "0", stdout: "", stderr: "" }, false],
  [{ exit_code: 0, stdout: "", stderr: "", http_status: 200 }, false],
  [["exit_code"], false],
  ["text", false],
  [null, false],
])("%j is what a command printed: %s", (result, is) => {
  expect(printedOf(result) !== undefined).toBe(is);
});

test("a console is copied with its levels", () => {
  const lines = [
    { level: "log", text: "one" },
    { level: "error", text: "two\nlines" },
  ];
  expect(consoleText(lines)).toBe("log: one\nerror: two\nlines");
});
