/** Stored credentials: their names and hosts. Values are never told. */
import type { Schemas } from "#protocol";
import { api } from "../../data/api.ts";
import { resource } from "../../data/resource.ts";

export type Secret = Schemas["SecretInfo"];

export const secrets = resource({
  load: async (signal) => (await api.get("/api/secrets", { signal })).secrets,
  on: ["secret.changed"],
});

/** Hosts as people type them: one a line, or with commas or spaces between them. */
export function hostsIn(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))];
}
