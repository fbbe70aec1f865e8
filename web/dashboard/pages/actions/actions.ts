/** Actions as the server keeps them, and what is done to one from more than one place. */
import { ask, failed, told } from "#ui";
import { api } from "../../data/api.ts";
import { sameJson } from "../../data/json.ts";
import { resource } from "../../data/resource.ts";
import { may } from "../../data/session.ts";
import { type Action, type Definition, draftOf } from "./draft.ts";
import { schemaOf } from "./inputs.ts";

export const actions = resource({
  load: async (signal) => (await api.get("/api/custom-actions", { signal })).actions,
  on: ["action.changed", "action.deleted"],
});

/** Secrets as placeholders spell them; undefined for somebody who may not know them. */
export const secretNames = resource<readonly string[] | undefined>({
  load: async (signal) => {
    if (!may("manage")) return undefined;
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

/** Ask, then delete; resolves with whether it is gone. What it said can be brought back. */
export async function remove(action: Action): Promise<boolean> {
  const name = action.name.toLowerCase();
  const sure = await ask({
    title: `Delete “${name}”?`,
    body: "Agents can no longer call it, and calls that wait for an answer are void. Its runs stay in the record.",
    yes: "Delete action",
    danger: true,
  });
  if (!sure) return false;
  try {
    await api.delete("/api/custom-actions/{action_id}", { path: { action_id: action.id } });
    actions.change((all) => all.filter((one) => one.id !== action.id));
    told(`${name} is deleted.`, () => bringBack(action));
    return true;
  } catch (fault) {
    failed(fault);
    return false;
  }
}

/** Store a deleted action anew: all it said, with a history that begins here. */
async function bringBack(action: Action): Promise<void> {
  const { id, version, createdAt, updatedAt, parameters, inputSchema, ...said } = action;
  const table = sameJson(schemaOf(draftOf(action).inputs), inputSchema);
  const inputs = table ? { parameters } : { inputSchema };
  try {
    const made = await api.post("/api/custom-actions", { ...said, ...inputs } as Definition);
    actions.change((all) => [...all.filter((one) => one.id !== made.action.id), made.action]);
    told(`${action.name.toLowerCase()} is back, as a new action.`);
  } catch (fault) {
    failed(fault);
  }
}
