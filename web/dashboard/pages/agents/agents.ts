/** Agents as the server keeps them. */
import type { Schemas } from "#protocol";
import { ask, failed, told } from "#ui";
import { api } from "../../data/api.ts";
import { type Resource, resource } from "../../data/resource.ts";

export type Agent = Schemas["Agent"];

export const DEFAULT = "default";

export const agents = resource({
  load: async (signal) => (await api.get("/api/agents", { signal })).agents,
  on: ["agent.changed", "agent.deleted"],
});

export interface Stored {
  agent: Agent;
  etag: string | undefined;
  warnings: readonly Schemas["Detail"][];
}

/** One agent, with the ETag an edit starts from. */
export function agentNamed(name: string): Resource<Stored> {
  return resource({
    async load(signal) {
      const { etag, body } = await api.tagged("/api/agents/{name}", { path: { name }, signal });
      return { agent: body.agent, etag, warnings: body.warnings };
    },
    on: ["agent.changed", "agent.deleted", "action.changed", "action.deleted"],
  });
}

export function titleOf(agent: Agent): string {
  return agent.title || agent.name;
}

export function pathOf(name: string): string {
  return `/agents/${encodeURIComponent(name)}`;
}

/** Ask, then delete; whether it is gone. */
export async function remove(agent: Agent): Promise<boolean> {
  const original = agent.name === DEFAULT;
  const sure = await ask({
    title: original ? `Reset “${titleOf(agent)}”?` : `Delete “${titleOf(agent)}”?`,
    body: original
      ? "The agent called default is always there: it goes back to how it began."
      : "Nobody can talk to it any more, in pages it is embedded in neither.",
    yes: original ? "Reset agent" : "Delete agent",
    danger: true,
  });
  if (!sure) return false;
  try {
    await api.delete("/api/agents/{name}", { path: { name: agent.name } });
    agents.refresh();
    told(original ? "The agent is as it began." : `“${titleOf(agent)}” is deleted.`);
    return true;
  } catch (fault) {
    failed(fault);
    return false;
  }
}
