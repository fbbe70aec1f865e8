/** The actions that show a widget, and the way to a further one. */

import { api } from "../../data/api.ts";
import { resource, useResource } from "../../data/resource.ts";

const ids = resource({
  load: async (signal) => {
    const { actions } = await api.get("/api/custom-actions", { signal });
    return new Map(actions.map((one) => [one.name.toLowerCase(), one.id]));
  },
  on: ["action.changed", "action.deleted"],
});

export function ActionsShowing({ tools, widget }: { tools: readonly string[]; widget: string }) {
  const known = useResource(ids).value.value;
  if (tools.length === 0)
    return (
      <span class="soft">
        No action yet. Name <code>{widget}</code> in an action of the type “API + Widget” or “Widget
        only”.
      </span>
    );
  return (
    <span class="row wrap">
      {tools.map((tool) => {
        const id = known?.get(tool);
        return id ? (
          <a key={tool} href={`/actions/${id}`}>
            <code>{tool}</code>
          </a>
        ) : (
          <code key={tool}>{tool}</code>
        );
      })}
    </span>
  );
}
