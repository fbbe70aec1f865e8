import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { generated } from "./generate.mjs";

test("the types are those of the committed document", async () => {
  const committed = await readFile(new URL("schema.ts", import.meta.url), "utf8");

  expect(committed, "scripts/protocol writes them").toBe(await generated());
});
