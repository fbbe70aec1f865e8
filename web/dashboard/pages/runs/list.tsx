/** What was called, as it happens. */
import { History, X } from "lucide-preact";
import { useEffect, useMemo } from "preact/hooks";
import {
  Badge,
  Banner,
  Button,
  type Column,
  duration,
  EmptyState,
  Failure,
  Page,
  Select,
  Table,
  Time,
} from "#ui";
import { useResource } from "../../data/resource.ts";
import { go, place, setQuery } from "../../frame/router.ts";
import { actionNames } from "./actions.ts";
import { type Feed, type Filter, feed, filterOf } from "./feed.ts";
import "./runs.css";
import {
  meaning,
  type Run,
  STATUS_OPTIONS,
  StatusBadge,
  TRIGGER_OPTIONS,
  triggerWord,
} from "./words.tsx";

export default function RunsPage() {
  const search = place.value.query.toString();
  const filter = useMemo(() => filterOf(new URLSearchParams(search)), [search]);
  const runs = useMemo(() => feed(filter), [filter]);
  useEffect(() => runs.watch(), [runs]);
  const { value: loaded } = runs.loaded;
  const { value: error } = runs.error;
  return (
    <Page title="Runs" lead="Every call and what became of it; new ones appear by themselves.">
      <Filters filter={filter} />
      {error && loaded && (
        <Banner
          kind="bad"
          action={
            <Button size="small" onClick={runs.refresh}>
              Try again
            </Button>
          }
        >
          {error.message}
        </Banner>
      )}
      {error && !loaded ? <Failure error={error} onRetry={runs.refresh} /> : <List of={runs} />}
    </Page>
  );
}

const DRAWN_WHOLE = 100;

function List({ of: runs }: { of: Feed }) {
  const { value: loaded } = runs.loaded;
  const short = loaded?.next && loaded.runs.length <= DRAWN_WHOLE;
  return (
    <div class="stack">
      <Table
        label="Runs"
        columns={COLUMNS}
        rows={loaded?.runs}
        rowKey={(run) => run.id}
        onOpen={(run) => go(`/runs/${encodeURIComponent(run.id)}`)}
        onEnd={runs.more}
        empty={<Empty />}
      />
      {short && (
        <div class="row runs-more">
          <Button busy={runs.busy.value} onClick={runs.more}>
            Load older runs
          </Button>
        </div>
      )}
    </div>
  );
}

function Empty() {
  const filtered = place.value.query.size > 0;
  return filtered ? (
    <EmptyState
      icon={History}
      title="No run fits"
      actions={<Button onClick={() => go("/runs", { replace: true })}>Show all runs</Button>}
    >
      No call fits these filters yet. One that does will appear here by itself.
    </EmptyState>
  ) : (
    <EmptyState icon={History} title="Nothing has run yet">
      As soon as an agent, a program or a test calls an action, the call is here, with what was sent
      and what came back.
    </EmptyState>
  );
}

function Filters({ filter }: { filter: Filter }) {
  const actions = useResource(actionNames).value.value ?? [];
  const gone = filter.action && !actions.some((one) => one.value === filter.action);
  const options = [
    { value: "", label: "Any action" },
    ...actions,
    ...(gone ? [{ value: filter.action ?? "", label: "An action that is not there" }] : []),
  ];
  return (
    <search class="runs-filters">
      <Select
        aria-label="Action"
        value={filter.action ?? ""}
        options={options}
        onValue={(action) => setQuery({ action })}
      />
      <Select
        aria-label="Status"
        value={filter.status ?? ""}
        options={STATUS_OPTIONS}
        onValue={(status) => setQuery({ status })}
      />
      <Select
        aria-label="Trigger"
        value={filter.trigger ?? ""}
        options={TRIGGER_OPTIONS}
        onValue={(trigger) => setQuery({ trigger })}
      />
      {filter.conversationId && (
        <Button icon={X} onClick={() => setQuery({ conversation: undefined })}>
          Of one conversation
        </Button>
      )}
    </search>
  );
}

const COLUMNS: readonly Column<Run>[] = [
  {
    key: "tool",
    head: "Action",
    cell: (run) => (
      <>
        <a
          class="runs-tool"
          href={`/runs/${encodeURIComponent(run.id)}`}
          tabIndex={-1}
          onClick={inRow}
        >
          {run.tool}
        </a>
        <span class="runs-when">
          <Time at={run.createdAt} />
        </span>
      </>
    ),
  },
  {
    key: "status",
    head: "Status",
    width: "132px",
    cell: (run) => (
      <span title={run.error?.message ?? meaning(run.status)}>
        <StatusBadge status={run.status} />
      </span>
    ),
  },
  {
    key: "trigger",
    head: "Trigger",
    width: "130px",
    wide: true,
    cell: (run) => <Badge>{triggerWord(run.trigger)}</Badge>,
  },
  {
    key: "principal",
    head: "Caller",
    width: "22%",
    wide: true,
    cell: (run) => <code class="soft">{run.principal}</code>,
  },
  {
    key: "duration",
    head: "Took",
    width: "90px",
    wide: true,
    end: true,
    cell: (run) => (run.durationMs == null ? "" : duration(run.durationMs)),
  },
  {
    key: "at",
    head: "When",
    width: "132px",
    wide: true,
    cell: (run) => <Time at={run.createdAt} />,
  },
];

/** The row opens it; with a key held, the link does, in a tab of its own. */
function inRow(event: MouseEvent): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey) event.stopPropagation();
  else event.preventDefault();
}
