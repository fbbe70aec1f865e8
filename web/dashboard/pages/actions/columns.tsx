/** What the list tells of one action. */
import { Copy, Pencil, Trash2 } from "lucide-preact";
import { Badge, type Column, Menu, Skeleton, STATUSES, Switch, Time } from "#ui";
import { may } from "../../data/session.ts";
import { go } from "../../frame/router.ts";
import { enable, remove } from "./actions.ts";
import type { Action } from "./draft.ts";
import { shapeOf } from "./handler.ts";
import { unavailable } from "./isolation.tsx";
import { KINDS } from "./kinds.ts";
import { errorRate, percent, records } from "./records.ts";
import { whyLocked } from "./rights.ts";

export function columns(): readonly Column<Action>[] {
  return may("manage") ? COLUMNS : COLUMNS.filter((one) => !one.tools);
}

const COLUMNS: readonly Column<Action>[] = [
  {
    key: "name",
    head: "Name",
    compare: (a, b) => a.name.localeCompare(b.name),
    cell: (action) => (
      <div class="actions-name">
        <a href={`/actions/${action.id}`} class="clip" tabIndex={-1}>
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
    width: "164px",
    compare: (a, b) => shapeOf(a).localeCompare(shapeOf(b)),
    cell: (action) => <Kind of={action} />,
  },
  {
    key: "mode",
    head: "Run mode",
    wide: true,
    width: "124px",
    cell: (action) =>
      action.executionMode === "auto" ? (
        <Badge tone="amber">runs at once</Badge>
      ) : (
        <Badge tone="green">asks first</Badge>
      ),
  },
  {
    key: "run",
    head: "Last run",
    wide: true,
    width: "156px",
    compare: (a, b) => lastRun(a).localeCompare(lastRun(b)),
    cell: (action) => <LastRun of={action} />,
  },
  {
    key: "errors",
    head: "Errors",
    wide: true,
    width: "90px",
    end: true,
    compare: (a, b) => errors(a) - errors(b),
    cell: (action) => <Errors of={action} />,
  },
  {
    key: "enabled",
    head: "On",
    width: "64px",
    cell: (action) => (
      <span class="row" title={whyLocked(action)}>
        <Switch
          bare
          label={`${action.name.toLowerCase()} is on`}
          checked={action.enabled ?? true}
          disabled={whyLocked(action) !== undefined}
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
          {
            label: "Delete",
            icon: Trash2,
            danger: true,
            disabled: whyLocked(action) !== undefined,
            onPick: () => remove(action),
          },
        ]}
      />
    ),
  },
];

function Kind({ of: action }: { of: Action }) {
  const shape = shapeOf(action);
  const { label, icon: Mark } = KINDS[shape];
  const lacking = unavailable(shape);
  return (
    <span class="row small soft actions-type">
      <Mark size={15} class="icon" />
      <span class="actions-kind-name">
        <span class="clip">{label}</span>
        {lacking && <span class="faint clip">{lacking}</span>}
      </span>
    </span>
  );
}

// Not read as a signal: rows that move by themselves cannot be clicked.
const lastRun = ({ id }: Action) => records.peek()?.get(id)?.lastRun.at ?? "";
const errors = ({ id }: Action) => errorRate(records.peek()?.get(id)) ?? -1;

function LastRun({ of: { id } }: { of: Action }) {
  const known = records.value;
  if (!known) return <Skeleton width="70%" />;
  const record = known.get(id);
  if (!record) return <span class="faint">never</span>;
  const { word, tone } = STATUSES[record.lastRun.status];
  return (
    <a href={`/runs/${record.lastRun.id}`} class="actions-run" tabIndex={-1} title={word}>
      <Badge tone={tone} dot>
        <Time at={record.lastRun.at} />
      </Badge>
      <span class="unseen">{word}</span>
    </a>
  );
}

function Errors({ of: { id } }: { of: Action }) {
  const record = records.value?.get(id);
  const rate = errorRate(record);
  if (!record || rate === undefined) return null;
  const sentence = `${record.failed} of the last ${record.calls} runs failed`;
  if (rate === 0)
    return (
      <span class="faint" title={sentence}>
        0%
      </span>
    );
  return (
    <a
      href={`/runs?action=${id}&status=failed`}
      class="actions-errors"
      tabIndex={-1}
      title={sentence}
    >
      {percent(rate)}
    </a>
  );
}
