/** The configured models, offered where one is typed, and why the typed one cannot answer. */
import { Banner } from "#ui";
import { api } from "../../data/api.ts";
import { resource, useResource } from "../../data/resource.ts";

const models = resource({ load: (signal) => api.get("/api/models", { signal }) });

export function ModelNames({ id, named }: { id: string; named: string }) {
  const known = useResource(models).value.value;
  const why = known?.models.find((one) => one.name === (named || known.default))?.unavailable;
  return (
    <>
      <datalist id={id}>
        {known?.models.map((one) => (
          <option key={one.name} value={one.name} />
        ))}
      </datalist>
      {why && <Banner kind="warn">{why}</Banner>}
    </>
  );
}
