import { expect, test } from "vitest";
import { asRange, bucketsOf, type Counts, STEP_MS, sumOf } from "./buckets.ts";

const COUNTS: Counts = {
  since: "2026-01-01T10:00:00.000Z",
  until: "2026-01-01T13:00:00.000Z",
  counts: [
    {
      at: "2026-01-01T11:00:00.000Z",
      runs: { succeeded: 3, failed: 1, unknown: 1, denied: 2, expired: 1, void: 1 },
      averageMs: 100,
    },
    { at: "2026-01-01T13:00:00.000Z", runs: { succeeded: 5, confirm_required: 1 }, averageMs: 20 },
  ],
};

test("hours without a run are there too, and each run counts once", () => {
  const buckets = bucketsOf(COUNTS, STEP_MS.hour);

  expect(buckets.map((one) => new Date(one.atMs).getUTCHours())).toEqual([10, 11, 12, 13]);
  expect(buckets.map((one) => one.total)).toEqual([0, 9, 0, 6]);
  expect(buckets[1]).toMatchObject({ succeeded: 3, failed: 2, idle: 4, waiting: 0 });
  expect(buckets[3]).toMatchObject({ succeeded: 5, failed: 0, idle: 0, waiting: 1 });
});

test("the average of all weighs every run that ended alike", () => {
  const all = sumOf(bucketsOf(COUNTS, STEP_MS.hour));

  expect(all.total).toBe(15);
  expect(all.averageMs).toBe((5 * 100 + 5 * 20) / 10);
  expect(sumOf([]).averageMs).toBeNull();
});

test.each([
  ["week", "week"],
  ["month", "month"],
  [null, "day"],
  ["century", "day"],
  ["toString", "day"],
])("the range %s is shown as %s", (text, range) => {
  expect(asRange(text)).toBe(range);
});
