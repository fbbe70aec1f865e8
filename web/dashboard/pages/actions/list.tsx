/** All actions: found, filtered, switched on and off. */
import { Plus, SearchX } from "lucide-preact";
import { useEffect, useMemo } from "preact/hooks";
import { Button, EmptyState, Failure, type Option, Page, SearchInput, Select, Table } from "#ui";
import { health } from "../../data/health.ts";
import { useResource } from "../../data/resource.ts";
import { may } from "../../data/session.ts";
import { useCommands } from "../../frame/commands.ts";
import { useListKeys } from "../../frame/list-keys.ts";
import { go, place, setQuery } from "../../frame/router.ts";
import { EmptyActions } from "../import/empty.tsx";
import "./actions.css";
import "./list.css";
import { actions } from "./actions.ts";
import { columns } from "./columns.tsx";
import type { Action } from "./draft.ts";
import { found, MODES, STATES, typesOf } from "./finding.ts";
import { KINDS } from "./kinds.ts";
import { useRecords } from "./records.ts";

const create = () => go("/actions/new");

const CREATE = {
  id: "actions.create",
  label: "Create an action",
  icon: Plus,
  group: "Actions",
  keys: "c",
  run: create,
};

export default function ActionsPage() {
  const { value, error, refresh } = useResource(actions);
  useRecords();
  useListKeys({ search: true });
  useCommands(may("manage") ? [CREATE] : []);
  const all = value.value;
  const isolated = all?.some((one) => KINDS[one.handler.type].isolated) === true;
  useEffect(() => (isolated ? health.watch() : undefined), [isolated]);
  return (
    <Page
      title="Actions"
      lead="What your agents can do. Each one is a tool the model may choose to call."
      actions={
        may("manage") && (
          <Button kind="primary" icon={Plus} onClick={create}>
            Create action
          </Button>
        )
      }
    >
      {error.value && !all ? (
        <Failure error={error.value} onRetry={refresh} />
      ) : all?.length === 0 ? (
        <div class="card">
          <EmptyActions />
        </div>
      ) : (
        <List all={all} />
      )}
    </Page>
  );
}

function List({ all }: { all: readonly Action[] | undefined }) {
  const { query } = place.value;
  const view = query.toString();
  const rows = useMemo(() => all && found(all, new URLSearchParams(view)), [all, view]);
  const shown = useMemo(columns, []);
  return (
    <>
      <Filters all={all} of={rows?.length} />
      <Table
        label="Actions"
        columns={shown}
        rows={rows}
        rowKey={(action) => action.id}
        onOpen={(action) => go(`/actions/${action.id}`)}
        view={view}
        empty={
          <EmptyState
            icon={SearchX}
            title="No action fits"
            actions={<Button onClick={clear}>Show all actions</Button>}
          >
            None of the {all?.length.toLocaleString("en")} actions fits the search and the filters.
          </EmptyState>
        }
      />
    </>
  );
}

const clear = () => setQuery({ q: undefined, type: undefined, mode: undefined, state: undefined });

function Filters({
  all,
  of: shown,
}: {
  all: readonly Action[] | undefined;
  of: number | undefined;
}) {
  const { query } = place.value;
  const types = useMemo(() => typesOf(all ?? []), [all]);
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
    <search class="row wrap actions-filters">
      <SearchInput
        aria-label="Search actions"
        placeholder="Search by name or description"
        value={query.get("q") ?? ""}
        onValue={(q) => setQuery({ q })}
      />
      {filter("type", "Type", types)}
      {filter("mode", "Run mode", MODES)}
      {filter("state", "State", STATES)}
      <span class="small soft num actions-count" role="status">
        {all && shown !== undefined && counted(shown, all.length)}
      </span>
    </search>
  );
}

function counted(shown: number, all: number): string {
  const [some, whole] = [shown.toLocaleString("en"), all.toLocaleString("en")];
  return shown === all ? whole : `${some} of ${whole}`;
}
