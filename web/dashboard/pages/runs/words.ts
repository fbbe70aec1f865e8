/** How the door a run came through is called, and what can be chosen of runs. */
import type { Schemas } from "#protocol";
import { type Option, STATUSES, type Status } from "#ui";
import { printedOf } from "#ui/printed.ts";

export type Run = Schemas["Run"];

/** A run as the list keeps it: thousands of them are loaded, so without what was sent and said. */
export interface RunRow extends Omit<Run, "arguments" | "result"> {
  /** What an API or a command ended with, where it was no success. */
  refusedWith?: string | undefined;
}

export function rowOf({ arguments: _, result, ...kept }: Run): RunRow {
  return { ...kept, refusedWith: refusedWith(result) };
}

/** The HTTP status of an answer that says no, the exit code of a command that does. */
export function refusedWith(result: unknown): string | undefined {
  const { ok, http_status: status } = (result ?? {}) as { ok?: unknown; http_status?: unknown };
  if (ok === false && typeof status === "number") return `HTTP ${status}`;
  const code = printedOf(result)?.exit_code;
  return code ? `exit code ${code}` : undefined;
}

export type Trigger = Schemas["Trigger"];

const TRIGGERS: Readonly<Record<Trigger, string>> = {
  rest: "API",
  chat: "Chat",
  widget: "Card button",
  test: "Test",
  cli: "Command line",
};

const OPEN: ReadonlySet<Status> = new Set(["confirm_required", "running"]);

/** Whether more will become of it. */
export function isOpen(run: Pick<Run, "status">): boolean {
  return OPEN.has(run.status);
}

export function meaning(status: Status): string {
  return STATUSES[status].means;
}

export function triggerWord(trigger: Trigger): string {
  return TRIGGERS[trigger];
}

export const STATUS_OPTIONS: readonly Option[] = [
  { value: "", label: "Any status" },
  ...Object.entries(STATUSES).map(([value, { word }]) => ({ value, label: word })),
];

export const TRIGGER_OPTIONS: readonly Option[] = [
  { value: "", label: "Any trigger" },
  ...Object.entries(TRIGGERS).map(([value, label]) => ({ value, label })),
];

/** The word of an address as a status, if it is one. */
export function asStatus(text: string | null): Status | null {
  return text !== null && Object.hasOwn(STATUSES, text) ? (text as Status) : null;
}

export function asTrigger(text: string | null): Trigger | null {
  return text !== null && Object.hasOwn(TRIGGERS, text) ? (text as Trigger) : null;
}

const KIB = 1_024;

/** `312 B`, `4.2 KiB`, `1.3 MiB`. */
export function bytes(count: number): string {
  if (count < KIB) return `${count} B`;
  if (count < KIB * KIB) return `${(count / KIB).toFixed(1)} KiB`;
  return `${(count / KIB / KIB).toFixed(1)} MiB`;
}
