/** The actions a list of runs can be narrowed to. */
import { api } from "../../data/api.ts";
import { resource } from "../../data/resource.ts";

/** Tool names and ids, each the way to the other. */
export interface ActionNames {
  names: readonly string[];
  idOf: ReadonlyMap<string, string>;
  nameOf: ReadonlyMap<string, string>;
}

export const actionNames = resource<ActionNames>({
  async load(signal) {
    const { actions } = await api.get("/api/custom-actions", { signal });
    const pairs = actions.map(({ id, name }) => [name.toLowerCase(), id] as const);
    return {
      names: pairs.map(([name]) => name).sort(),
      idOf: new Map(pairs),
      nameOf: new Map(pairs.map(([name, id]) => [id, name])),
    };
  },
  on: ["action.changed", "action.deleted"],
});

const AT_MOST = 30;

/** Names that hold what was typed, those that begin with it first. */
export function offers(names: readonly string[], typed: string): readonly string[] {
  const wanted = typed.trim().toLowerCase();
  const first = names.filter((one) => one.startsWith(wanted)).slice(0, AT_MOST);
  const others = names.filter((one) => one.includes(wanted) && !one.startsWith(wanted));
  return [...first, ...others].slice(0, AT_MOST);
}
