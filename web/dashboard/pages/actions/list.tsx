/** All actions: found, filtered, switched on and off. */
import { Copy, Pencil, Plus, SearchX, Trash2, Zap } from "lucide-preact";
import {
  Badge,
  Button,
  type Column,
  EmptyState,
  Failure,
  Menu,
  type Option,
  Page,
  SearchInput,
  Select,
  Switch,
  Table,
  Time,
} from "#ui";
import { useResource } from "../../data/resource.ts";
import { may } from "../../data/session.ts";
import { useCommands } from "../../frame/commands.ts";
import { go, place, setQuery } from "../../frame/router.ts";
import "./actions.css";
import { actions, enable, remove } from "./actions.ts";
import type { Action } from "./draft.ts";
import { KINDS, type Kind } from "./kinds.ts";

const create = () => go("/actions/new");

export default function ActionsPage() {
  const { value, error, refresh } = useResource(actions);
  const all = value.value;
  useCommands(
    may("manage")
      ? [
          {
            id: "actions.create",
            label: "Create an action",
            icon: Plus,
            group: "Actions",
            keys: "c",
            run: create,
          },
        ]
      : [],
  );
  const button = may("manage") && (
    <Button kind="primary" icon={Plus} onClick={create}>
      Create action
    </Button>
  );
  return (
    <Page
      title="Actions"
      lead="What your agents can do. Each one is a tool the model may choose to call."
      actions={button}
    >
      {error.value && !all ? (
        <Failure error={error.value} onRetry={refresh} />
      ) : (
        <>
          {all?.length !== 0 && <Filters all={all ?? []} />}
          <Table
            label="Actions"
            columns={may("manage") ? COLUMNS : COLUMNS.filter((one) => !one.tools)}
            rows={all?.filter(wanted())}
            rowKey={(action) => action.id}
            onOpen={(action) => go(`/actions/${action.id}`)}
            empty={
              all?.length === 0 ? (
                <EmptyState icon={Zap} title="No actions yet" actions={button}>
                  An action lets an agent do something real: look up an order, open a ticket. Begin
                  with a call to an API you know.
                </EmptyState>
              ) : (
                <EmptyState
                  icon={SearchX}
                  title="No action fits"
                  actions={<Button onClick={clear}>Show all actions</Button>}
                >
                  None of the {all?.length} actions fits the search and the filters.
                </EmptyState>
              )
            }
          />
        </>
      )}
    </Page>
  );
}

const clear = () => setQuery({ q: undefined, type: undefined, mode: undefined, state: undefined });

const MODES: readonly Option[] = [
  { value: "", label: "Any mode" },
  { value: "confirm", label: "Asks first" },
  { value: "auto", label: "Runs at once" },
];

const STATES: readonly Option[] = [
  { value: "", label: "On and off" },
  { value: "on", label: "On" },
  { value: "off", label: "Off" },
];

function Filters({ all }: { all: readonly Action[] }) {
  const { query } = place.value;
  const kinds = Object.entries(KINDS).filter(([kind]) =>
    all.some((one) => one.handler.type === kind),
  );
  const types = [
    { value: "", label: "Any type" },
    ...kinds.map(([value, { label }]) => ({ value, label })),
  ];
  const filter = (name: string, label: string, options: readonly Option[]) => (
    <Select
      aria-label={label}
      class="actions-filter"
      value={query.get(name) ?? ""}
      options={options}
      onValue={(value) => setQuery({ [name]: value })}
    />
  );
  return (
    <div class="row wrap actions-filters">
      <SearchInput
        aria-label="Search actions"
        placeholder="Search by name or description"
        value={query.get("q") ?? ""}
        onValue={(q) => setQuery({ q })}
      />
      {filter("type", "Type", types)}
      {filter("mode", "Run mode", MODES)}
      {filter("state", "State", STATES)}
    </div>
  );
}

function wanted(): (action: Action) => boolean {
  const { query } = place.value;
  const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const [type, mode, state] = ["type", "mode", "state"].map((name) => query.get(name));
  return (action) => {
    const text = `${action.name} ${action.name.replaceAll("_", " ")} ${action.description} ${(
      action.similes ?? []
    ).join(" ")}`.toLowerCase();
    return (
      words.every((word) => text.includes(word)) &&
      (!type || action.handler.type === type) &&
      (!mode || action.executionMode === mode) &&
      (!state || (action.enabled ? "on" : "off") === state)
    );
  };
}

const COLUMNS: readonly Column<Action>[] = [
  {
    key: "name",
    head: "Name",
    compare: (a, b) => a.name.localeCompare(b.name),
    cell: (action) => (
      <div class="actions-name">
        <a href={`/actions/${action.id}`} class="clip">
          {action.name.toLowerCase()}
        </a>
        <span class="small soft clip">{action.description}</span>
      </div>
    ),
  },
  {
    key: "type",
    head: "Type",
    wide: true,
    width: "190px",
    compare: (a, b) => a.handler.type.localeCompare(b.handler.type),
    cell: (action) => <KindBadge kind={action.handler.type} />,
  },
  {
    key: "mode",
    head: "Run mode",
    wide: true,
    width: "130px",
    cell: (action) =>
      action.executionMode === "auto" ? (
        <Badge tone="amber">runs at once</Badge>
      ) : (
        <Badge tone="green">asks first</Badge>
      ),
  },
  {
    key: "changed",
    head: "Changed",
    wide: true,
    width: "120px",
    compare: (a, b) => a.updatedAt.localeCompare(b.updatedAt),
    cell: (action) => <Time at={action.updatedAt} />,
  },
  {
    key: "enabled",
    head: "On",
    width: "64px",
    cell: (action) => (
      <span class="row">
        <Switch
          bare
          label={`${action.name.toLowerCase()} is on`}
          checked={action.enabled ?? true}
          disabled={!may("manage")}
          onChecked={(on) => enable(action, on)}
        />
      </span>
    ),
  },
  {
    key: "tools",
    head: "What can be done",
    width: "64px",
    tools: true,
    cell: (action) => (
      <Menu
        label={`More for ${action.name.toLowerCase()}`}
        items={[
          { label: "Edit", icon: Pencil, onPick: () => go(`/actions/${action.id}`) },
          { label: "Duplicate", icon: Copy, onPick: () => go(`/actions/new?from=${action.id}`) },
          null,
          { label: "Delete", icon: Trash2, danger: true, onPick: () => remove(action) },
        ]}
      />
    ),
  },
];

function KindBadge({ kind }: { kind: Kind }) {
  const { label, icon: Mark, works } = KINDS[kind];
  return (
    <span class="row small soft actions-type">
      <Mark size={15} class="icon" />
      {label}
      {!works && <Badge>unavailable</Badge>}
    </span>
  );
}
