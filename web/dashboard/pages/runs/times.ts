/** How hours and days on the chart are called. */

type Step = "hour" | "day";

const hour = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hour12: false });
const weekday = new Intl.DateTimeFormat("en", { weekday: "short", day: "numeric" });
// Days are counted in UTC, so that is the day that is named.
const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "short", timeZone: "UTC" });
const whole = new Intl.DateTimeFormat("en", {
  weekday: "short",
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});

const STEP_MS = { hour: 3_600_000, day: 86_400_000 } as const;

/** The moment so many steps later. */
export function moment(atMs: number, step: Step, later = 0): Date {
  return new Date(atMs + later * STEP_MS[step]);
}

/** `Mon 23, 14:00 – 15:00`, `Mon, Nov 23 (UTC)`. */
export function span(atMs: number, step: Step): string {
  if (step === "day") return `${whole.format(atMs)} (UTC)`;
  return `${weekday.format(atMs)}, ${hour.format(atMs)} – ${hour.format(moment(atMs, step, 1))}`;
}

/** Under the chart: `14:00`, `Mon 23`, `Nov 23`. */
export function tick(atMs: number, range: "day" | "week" | "month"): string {
  return { day: hour, week: weekday, month: day }[range].format(atMs);
}
