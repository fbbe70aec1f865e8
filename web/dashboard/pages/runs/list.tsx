/** What was called, as it happens. */
import { History } from "lucide-preact";
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
  Table,
  Time,
} from "#ui";
import { useNames } from "../../data/principals.ts";
import { useListKeys } from "../../frame/list-keys.ts";
import { go, place } from "../../frame/router.ts";
import { RunBadge } from "./badge.tsx";
import { Chart } from "./chart.tsx";
import { type Feed, feed, filterOf } from "./feed.ts";
import { Filters } from "./filters.tsx";
import "./runs.css";
import { type RunRow, triggerWord } from "./words.ts";

export default function RunsPage() {
  const search = narrowing(place.value.query);
  const filter = useMemo(() => filterOf(new URLSearchParams(search)), [search]);
  const runs = useMemo(() => feed(filter), [filter]);
  useEffect(() => runs.watch(), [runs]);
  useListKeys();
  const { value: loaded } = runs.loaded;
  const { value: error } = runs.error;
  return (
    <Page title="Runs" lead="Every call and what became of it; new ones appear by themselves.">
      <Chart filter={filter} />
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

/** What the list depends on; the range is the chart's alone. */
function narrowing(query: URLSearchParams): string {
  const kept = new URLSearchParams(query);
  kept.delete("range");
  return kept.toString();
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
        more={Boolean(loaded?.next)}
        view={narrowing(place.value.query)}
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
  const filtered = narrowing(place.value.query) !== "";
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

const COLUMNS: readonly Column<RunRow>[] = [
  {
    key: "tool",
    head: "Action",
    cell: (run) => (
      <>
        <a class="runs-tool" href={`/runs/${encodeURIComponent(run.id)}`} tabIndex={-1}>
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
      <RunBadge status={run.status} refusedWith={run.refusedWith} error={run.error?.message} />
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
    cell: (run) => <Caller of={run} />,
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
    width: "150px",
    wide: true,
    cell: (run) => <Time at={run.createdAt} />,
  },
];

function Caller({ of: { principal } }: { of: RunRow }) {
  const nameOf = useNames();
  return (
    <span class="soft clip" title={principal}>
      {nameOf(principal)}
    </span>
  );
}
