import { expect, test } from "vitest";
import { rowsInSight } from "./window.ts";

test.each([
  [0, 600, 100_000],
  [48 * 50_000, 600, 100_000],
  [48 * 100_000 - 600, 600, 100_000],
  [5_000, 600, 20],
  [0, 0, 0],
])("scrolled by %i of %i rows, the rows in sight are drawn, and few others", (top, height, count) => {
  const { from, to } = rowsInSight(top, height, 48, count);

  expect(from).toBeGreaterThanOrEqual(0);
  expect(to).toBeLessThanOrEqual(count);
  expect(from).toBeLessThanOrEqual(Math.min(count, Math.floor(top / 48)));
  expect(to).toBeGreaterThanOrEqual(Math.min(count, Math.ceil((top + height) / 48)));
  expect(to - from).toBeLessThan(60);
});
