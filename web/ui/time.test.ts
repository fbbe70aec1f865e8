import { expect, test } from "vitest";
import { ago, duration } from "./time.ts";

const NOW = Date.parse("2026-01-10T12:00:00.000Z");

test.each([
  ["2026-01-10T11:59:40.000Z", "just now"],
  ["2026-01-10T11:57:00.000Z", "3 minutes ago"],
  ["2026-01-10T14:00:00.000Z", "in 2 hours"],
  ["2026-01-09T11:00:00.000Z", "yesterday"],
  ["2024-01-01T00:00:00.000Z", "2 years ago"],
  ["never", "never"],
])("%s is told as %s", (at, said) => {
  expect(ago(at, NOW)).toBe(said);
});

test.each([
  [0.4, "0 ms"],
  [840, "840 ms"],
  [1_240, "1.2 s"],
  [180_000, "3 min"],
])("%f ms take %s", (ms, said) => {
  expect(duration(ms)).toBe(said);
});
