/** How the states of a run are called, and how they look. */
import type { Schemas } from "#protocol";
import { Badge, type Tone } from "./content.tsx";

export type Status = Schemas["Status"];

interface Word {
  word: string;
  tone: Tone;
  /** For who wonders what the word means. */
  means: string;
}

export const STATUSES: Readonly<Record<Status, Word>> = {
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

export function StatusBadge({ status }: { status: Status }) {
  const { word, tone } = STATUSES[status];
  return (
    <Badge tone={tone} dot>
      {word}
    </Badge>
  );
}
