/** API keys, and what their scopes mean. */
import type { Scope } from "#protocol";
import { api } from "../../data/api.ts";
import { resource } from "../../data/resource.ts";

export const keys = resource({
  load: async (signal) => (await api.get("/api/keys", { signal })).keys,
  on: ["key.changed"],
});

export const SCOPES: readonly { scope: Scope; does: string }[] = [
  { scope: "run", does: "List tools, call them, and chat" },
  { scope: "read", does: "See actions, agents, runs and confirmations" },
  { scope: "confirm", does: "Answer calls that wait for a person" },
  { scope: "manage", does: "Change and test actions, agents and secrets" },
  { scope: "own", does: "Everything an owner may: keys, client and shell code" },
];
