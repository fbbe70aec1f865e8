/** Questions to people: those that wait, and what became of the others. */
import type { Answer } from "#protocol";
import type { Tone } from "#ui";
import { api } from "../../data/api.ts";
import { resource } from "../../data/resource.ts";

export type Question = Answer<"/api/confirmations", "get">["confirmations"][number];
type Status = Question["status"];

const PENDING = "confirm_required";

export const questions = resource({
  load: async (signal) => {
    // Asked for by themselves: one that waits may be older than all the others told of.
    const [open, all] = await Promise.all([
      api.get("/api/confirmations", { query: { status: PENDING }, signal }),
      api.get("/api/confirmations", { signal }),
    ]);
    return {
      pending: open.confirmations,
      answered: all.confirmations.filter((one) => one.status !== PENDING),
    };
  },
  on: ["run.started", "run.changed"],
});

export const MEANING: Record<Status, { tone: Tone; word: string }> = {
  confirm_required: { tone: "amber", word: "waits" },
  running: { tone: "blue", word: "confirmed, running" },
  succeeded: { tone: "green", word: "confirmed, succeeded" },
  failed: { tone: "red", word: "confirmed, failed" },
  unknown: { tone: "amber", word: "confirmed, outcome unknown" },
  denied: { tone: "plain", word: "denied" },
  expired: { tone: "plain", word: "expired" },
  void: { tone: "plain", word: "void: the action was changed" },
};

/** Confirm or deny with a token of its own, and return what became of the call. */
export async function answer(id: string, agreed: boolean) {
  const options = { path: { confirmation_id: id } };
  const { token } = await api.post("/api/confirmations/{confirmation_id}/token", {}, options);
  return agreed
    ? api.post("/api/confirmations/{confirmation_id}/confirm", { token }, options)
    : api.post("/api/confirmations/{confirmation_id}/deny", { token }, options);
}
