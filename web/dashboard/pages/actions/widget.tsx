/** Which widget an action draws: one that is stored, or one that is to come. */
import { Banner, Button, Card, Field, Select } from "#ui";
import { api } from "../../data/api.ts";
import { indented, parsed, sameJson } from "../../data/json.ts";
import { resource, useResource } from "../../data/resource.ts";
import { may } from "../../data/session.ts";
import type { Section } from "./editor.tsx";
import { schemaOf } from "./inputs.ts";

const widgets = resource({
  load: async (signal) => (await api.get("/api/widgets", { signal })).widgets,
  on: ["widget.changed", "widget.deleted"],
});

type Widget = NonNullable<ReturnType<typeof widgets.value.peek>>[number];

export function Widget({ draft, edit }: Section) {
  const { value } = useResource(widgets);
  const all = value.value;
  const call = draft.kind === "httpWidget";
  const named = draft.widget.trim();
  const one = all?.find(({ name }) => name === named);
  const missing = all !== undefined && named !== "" && !one;
  return (
    <Card
      title="Widget"
      actions={one && <a href={`/widgets/${encodeURIComponent(one.name)}`}>Open widget</a>}
    >
      <div class="stack">
        <Field
          label="Widget"
          path="widget"
          hint={
            call
              ? "Its example data is filled with the inputs, and over them with the answer."
              : "The agent fills it: the inputs are its data."
          }
          problem={call && all && !named ? "Choose a widget, or pick Call API." : undefined}
          warning={missing ? `There is no widget called ${named} yet.` : undefined}
        >
          <Select
            value={draft.widget}
            options={optionsOf(all, draft.widget)}
            onValue={(widget) => edit({ widget })}
          />
        </Field>
        {all?.length === 0 && may("manage") && (
          <Banner kind="info">
            There are no widgets yet. <a href="/widgets/new">Make one</a>; what you typed here is
            kept.
          </Banner>
        )}
        {!call && one && <Inputs draft={draft} edit={edit} of={one} />}
      </div>
    </Card>
  );
}

function optionsOf(all: readonly Widget[] | undefined, named: string) {
  const known = (all ?? []).map(({ name, title }) => ({
    value: name,
    label: title ? `${title} (${name})` : name,
  }));
  const other = known.some(({ value }) => value === named) || !named;
  return [
    { value: "", label: "Choose a widget" },
    ...(other ? [] : [{ value: named, label: all ? `${named} (not there)` : named }]),
    ...known,
  ];
}

/** The inputs of an action that only shows a widget are what the widget's schema asks for. */
function Inputs({ draft, edit, of: { dataSchema } }: Section & { of: Widget }) {
  if (!dataSchema || isSame(draft, dataSchema)) return null;
  return (
    <div class="row wrap">
      <Button size="small" onClick={() => edit({ schema: indented(dataSchema) })}>
        Take the widget’s inputs
      </Button>
      <span class="small soft">The inputs below differ from the widget’s data schema.</span>
    </div>
  );
}

function isSame({ schema, inputs }: Section["draft"], dataSchema: object): boolean {
  return sameJson(schema === undefined ? schemaOf(inputs) : parsed(schema), dataSchema);
}
