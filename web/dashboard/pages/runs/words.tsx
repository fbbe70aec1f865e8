/** How a run's state and the door it came through are called. */
import type { Schemas } from "#protocol";
import { Badge, type Option, type Tone } from "#ui";

export type Run = Schemas["Run"];
export type Status = Schemas["Status"];
export type Trigger = Schemas["Trigger"];

interface Word {
  word: string;
  tone: Tone;
  /** For who wonders what the word means. */
  means: string;
}

const STATUSES: Readonly<Record<Status, Word>> = {
  confirm_required: { word: "Waiting", tone: "amber", means: "A person has to confirm it first." },
  running: { word: "Running", tone: "blue", means: "It has started and has not ended." },
  succeeded: { word: "Succeeded", tone: "green", means: "It ran and answered." },
  failed: { word: "Failed", tone: "red", means: "It ran and did not succeed." },
  denied: { word: "Denied", tone: "plain", means: "A person refused it; nothing was sent." },
  expired: { word: "Expired", tone: "plain", means: "Nobody answered in time; nothing was sent." },
  void: {
    word: "Void",
    tone: "plain",
    means: "What it asked about was changed; nothing was sent.",
  },
  unknown: {
    word: "Unknown",
    tone: "amber",
    means: "It was cut off; nobody knows how far it got.",
  },
};

const TRIGGERS: Readonly<Record<Trigger, string>> = {
  rest: "API",
  chat: "Chat",
  test: "Test",
  cli: "Command line",
};

const OPEN: ReadonlySet<Status> = new Set(["confirm_required", "running"]);

/** Whether more will become of it. */
export function isOpen(run: Run): boolean {
  return OPEN.has(run.status);
}

export function StatusBadge({ status }: { status: Status }) {
  const { word, tone } = STATUSES[status];
  return (
    <Badge tone={tone} dot>
      {word}
    </Badge>
  );
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
