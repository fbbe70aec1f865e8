import { expect, it } from "vitest";
import { tokens } from "./tokens.ts";

it("tokens that nobody counted are said to be so", () => {
  expect(tokens(null)).toBe("tokens not counted");
  expect(tokens({ inputTokens: 1204, outputTokens: 86, requests: 2 })).toBe(
    "1,204 in, 86 out tokens",
  );
});
