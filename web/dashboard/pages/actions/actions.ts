/** Actions as the server keeps them, and what is done to one from more than one place. */
import { ask, failed, told } from "#ui";
import { api } from "../../data/api.ts";
import { resource } from "../../data/resource.ts";
import { may } from "../../data/session.ts";
import type { Action } from "./draft.ts";

export const actions = resource({
  load: async (signal) => (await api.get("/api/custom-actions", { signal })).actions,
  on: ["action.changed", "action.deleted"],
});

export const secretNames = resource({
  load: async (signal) => {
    if (!may("manage")) return [];
    const { secrets } = await api.get("/api/secrets", { signal });
    return secrets.map((one) => `secrets.${one.name}`);
  },
  on: ["secret.changed"],
});

/** Warnings of a creation, for the editor that opens after it. */
export const newWarnings = new Map<string, readonly string[]>();

export async function enable(action: Action, enabled: boolean, undoable = true): Promise<void> {
  const show = (value: boolean) =>
    actions.change((all) =>
      all.map((one) => (one.id === action.id ? { ...one, enabled: value } : one)),
    );
  show(enabled);
  try {
    await api.put(
      "/api/custom-actions/{action_id}",
      { enabled },
      { path: { action_id: action.id } },
    );
    const sentence = `${action.name.toLowerCase()} is ${enabled ? "on" : "off"}.`;
    told(sentence, undoable ? () => enable(action, !enabled, false) : undefined);
  } catch (fault) {
    show(!enabled);
    failed(fault);
  }
}

/** Ask, then delete; resolves with whether it is gone. */
export async function remove(action: Action): Promise<boolean> {
  const sure = await ask({
    title: `Delete “${action.name.toLowerCase()}”?`,
    body: "Agents can no longer call it, and calls that wait for an answer are void. Its runs stay in the record.",
    yes: "Delete action",
    danger: true,
  });
  if (!sure) return false;
  try {
    await api.delete("/api/custom-actions/{action_id}", { path: { action_id: action.id } });
    actions.change((all) => all.filter((one) => one.id !== action.id));
    told(`${action.name.toLowerCase()} is deleted.`);
    return true;
  } catch (fault) {
    failed(fault);
    return false;
  }
}
