/** Which model answers in this conversation: the agent's own, or another that is configured. */
import type { Schemas } from "#protocol";
import { Banner, Select } from "#ui";
import { api } from "../../data/api.ts";
import { resource, useResource } from "../../data/resource.ts";
import { may } from "../../data/session.ts";
import { model } from "./state.ts";

type Agent = Schemas["Agent"];

const models = resource({
  load: async (signal) => (may("read") ? await api.get("/api/models", { signal }) : undefined),
});

export function ModelChoice({ agent }: { agent: Agent | undefined }) {
  const known = useResource(models).value.value;
  if (!known || !may("manage")) return null;
  const own = agent?.model || known.default;
  const others = known.models.filter((one) => one.name !== own);
  const gone = model.value && !known.models.some((one) => one.name === model.value);
  if (others.length === 0 && !gone) return null;
  return (
    <Select
      aria-label="Model"
      class="playground-choice"
      value={model.value}
      options={[
        { value: "", label: `${own} (the agent's)` },
        ...others.map(({ name, unavailable }) => ({
          value: name,
          label: unavailable ? `${name} (not available)` : name,
        })),
        ...(gone ? [{ value: model.value, label: `${model.value} (gone)` }] : []),
      ]}
      onValue={(name) => {
        model.value = name;
      }}
    />
  );
}

/** Why the model cannot answer, before anybody has asked it. */
export function ModelFault({ agent }: { agent: Agent | undefined }) {
  const known = useResource(models).value.value;
  const name = model.value || agent?.model || known?.default;
  if (!known) return null;
  const found = known.models.find((one) => one.name === name);
  const why = found ? found.unavailable : `The model ${name} is not configured; choose another.`;
  if (why) return <Banner kind="warn">{why}</Banner>;
  return null;
}
