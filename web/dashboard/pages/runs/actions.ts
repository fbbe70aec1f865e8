/** The actions a list of runs can be narrowed to. */
import { api } from "../../data/api.ts";
import { resource } from "../../data/resource.ts";

export const actionNames = resource({
  async load(signal) {
    const { actions } = await api.get("/api/custom-actions", { signal });
    return actions
      .map((one) => ({ value: one.id, label: one.name.toLowerCase() }))
      .sort((a, b) => a.label.localeCompare(b.label));
  },
  on: ["action.changed", "action.deleted"],
});
