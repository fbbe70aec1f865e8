/** How the server is: files to mend, and what keeps code in bounds. */
import type { Schemas } from "#protocol";
import { api } from "./api.ts";
import { resource } from "./resource.ts";

/** What the self-test of one kind of action found; `message` says why, and what to do. */
export type Isolation = Schemas["IsolationState"];

/** The first answer may take a moment: the server tries its sandbox out. */
export const health = resource({
  load: (signal) => api.get("/health/ready", { signal }),
  on: ["action.changed", "action.deleted", "agent.changed", "agent.deleted"],
});

/** What is known of a kind; undefined before the first answer. */
export function isolationOf(kind: string): Isolation | undefined {
  return health.value.value?.isolation.find((one) => one.handler === kind);
}

/** One quiet line where it runs. */
export function placeOf({ isolation }: Isolation): string {
  return isolation === "deno" ? "Runs in Deno, without bubblewrap." : "Runs in bubblewrap.";
}
