import { expect, test } from "vitest";
import { type Loaded, withNewest, withOlder, withOne } from "./merge.ts";
import type { Run } from "./words.ts";

const run = (id: string, status = "succeeded") => ({ id, status }) as Run;
const page = (ids: string, next: string | null = "more"): Loaded => ({
  runs: [...ids].map((id) => run(id)),
  next,
});
const ids = (loaded: Loaded | undefined) => loaded?.runs.map((one) => one.id).join("");

test.each([
  ["new ones come in front", "cba", "edc", "edcba"],
  ["nothing new changes nothing", "edcba", "edc", "edcba"],
  ["one that no longer fits goes", "edcba", "eca", "eca"],
  ["a gap begins anew", "cba", "hgf", undefined],
])("%s", (_, loaded, newest, shown) => {
  expect(ids(withNewest(page(loaded), page(newest)))).toBe(shown);
});

test("a short newest page is all there is", () => {
  expect(withNewest(page("cba"), page("d", null))).toEqual(page("d", null));
});

test("an older page adds only what is not there, and says how it goes on", () => {
  expect(withOlder(page("dcb"), page("ba", null))).toEqual(page("dcba", null));
});

test("a run that changed is shown as it is now, or goes when it fits no more", () => {
  const loaded = page("cba");

  expect(withOne(loaded, run("b", "failed"), true).runs[1]?.status).toBe("failed");
  expect(ids(withOne(loaded, run("b"), false))).toBe("ca");
});
