/** How a draft looks in the list of those that were found. */
import { Badge, type Column } from "#ui";
import { KINDS } from "../actions/kinds.ts";
import {
  hostOf,
  type Item,
  isWriting,
  type Judgement,
  methodOf,
  notesOf,
  pathOf,
  toolOf,
} from "./items.ts";
import { select, selected } from "./state.ts";

export function columns({ problems, missing }: Judgement): readonly Column<Item>[] {
  return [
    {
      key: "tick",
      head: "Selected",
      width: "52px",
      tools: true,
      cell: (item) => <Tick item={item} />,
    },
    {
      key: "name",
      head: "Name",
      compare: (a, b) => a.definition.name.localeCompare(b.definition.name),
      cell: (item) => (
        <div class="import-name">
          <code class="clip">{toolOf(item) || item.definition.name}</code>
          {problems.has(item.key) ? (
            <span class="small import-problem clip">{problems.get(item.key)}</span>
          ) : (
            <span class="small soft clip" title={item.definition.description}>
              <span class="import-method">{methodOf(item)} </span>
              {item.definition.description}
            </span>
          )}
        </div>
      ),
    },
    {
      key: "method",
      head: "Request",
      wide: true,
      width: "28%",
      compare: (a, b) => pathOf(a).localeCompare(pathOf(b)),
      cell: (item) => (
        <div class="import-name">
          <span class="small clip mono" title={pathOf(item)}>
            <span class={isWriting(item) ? "import-writes" : "import-reads"}>{methodOf(item)}</span>{" "}
            {methodOf(item) ? pathOf(item) : KINDS[item.definition.handler.type].label}
          </span>
          <span class="small soft clip">{hostOf(item)}</span>
        </div>
      ),
    },
    {
      key: "mode",
      head: "Run mode",
      width: "120px",
      compare: (a, b) => Number(isWriting(a)) - Number(isWriting(b)),
      cell: ({ definition }) =>
        definition.executionMode === "auto" ? (
          <Badge tone="amber">runs at once</Badge>
        ) : (
          <Badge tone="green">asks first</Badge>
        ),
    },
    {
      key: "notes",
      head: "Notes",
      wide: true,
      width: "100px",
      cell: (item) => {
        const notes = item.warnings.length + (missing.get(item.key)?.length ?? 0);
        return notes > 0 ? <Badge tone="amber">{notesOf(notes)}</Badge> : null;
      },
    },
  ];
}

function Tick({ item: { key, definition } }: { item: Item }) {
  return (
    <input
      type="checkbox"
      class="import-tick"
      aria-label={`Select ${definition.name.toLowerCase()}`}
      checked={selected.value.has(key)}
      onClick={(event) => event.stopPropagation()}
      onChange={(event) => select([key], event.currentTarget.checked)}
    />
  );
}
