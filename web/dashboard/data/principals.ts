/** What those are called whom runs, histories and confirmations name by id. */
import { computed } from "@preact/signals";
import { api } from "./api.ts";
import { resource, useResource } from "./resource.ts";

const principals = resource({
  load: async (signal) => (await api.get("/api/principals", { signal })).principals,
  on: ["user.changed", "key.changed"],
});

const names = computed(
  () => new Map(principals.value.value?.map((one) => [one.id, one.name] as const)),
);

/** Gives the name behind an id; the id itself for whoever was removed. */
export function useNames(): (id: string) => string {
  useResource(principals);
  const known = names.value;
  return (id) => known.get(id) ?? id;
}
