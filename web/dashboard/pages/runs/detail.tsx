/** One run: what was asked, what came back, and when. */
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import {
  Badge,
  Banner,
  Card,
  CopyButton,
  duration,
  exactly,
  Facts,
  Failure,
  Page,
  Skeleton,
  SplitView,
  Time,
} from "#ui";
import { ConsoleLines } from "#ui/console.tsx";
import { consoleText } from "#ui/printed.ts";
import { api } from "../../data/api.ts";
import { useNames } from "../../data/principals.ts";
import { type Resource, resource, useResource } from "../../data/resource.ts";
import type { PathNames } from "../../frame/pages.ts";
import "./runs.css";
import { RunBadge } from "./badge.tsx";
import { Result, Value } from "./result.tsx";
import { Shown } from "./shown.tsx";
import { bytes, isOpen, meaning, type Run, refusedWith, triggerWord } from "./words.ts";

export default function RunPage({ id = "" }: PathNames) {
  const one = useMemo(() => runOf(id), [id]);
  const { value, error, refresh } = useResource(one);
  const run = value.value;
  return (
    <Page
      title={run?.tool ?? "Run"}
      back={{ href: "/runs", label: "Runs" }}
      lead={run && <Standing run={run} />}
    >
      {run ? (
        <SplitView side={<About run={run} />}>
          <Content run={run} />
        </SplitView>
      ) : error.value ? (
        <Failure error={error.value} onRetry={refresh} />
      ) : (
        <Card>
          <div class="stack">
            <Skeleton width="38%" />
            <Skeleton width="62%" />
            <Skeleton width="54%" />
          </div>
        </Card>
      )}
    </Page>
  );
}

function runOf(id: string): Resource<Run> {
  const found: Resource<Run> = resource({
    async load(signal) {
      const known = found.value.peek();
      // Nothing more becomes of a run that has ended, however busy the others are.
      if (known && !isOpen(known)) return known;
      return (await api.get("/api/runs/{run_id}", { path: { run_id: id }, signal })).run;
    },
    on: ["run.changed", "run.started"],
  });
  return found;
}

function Standing({ run }: { run: Run }) {
  return (
    <span class="runs-head">
      <RunBadge
        status={run.status}
        refusedWith={refusedWith(run.result)}
        error={run.error?.message}
      />
      <span>{meaning(run.status)}</span>
      {run.status === "confirm_required" && <a href="/confirmations">Open confirmations</a>}
    </span>
  );
}

function Content({ run }: { run: Run }) {
  return (
    <div class="stack">
      {run.error && (
        <Banner kind="bad">
          <p>{run.error.message}</p>
          <code class="small soft">{run.error.code}</code>
        </Banner>
      )}
      {run.note && <Banner kind="warn">{run.note}</Banner>}
      <Shown of={run} />
      <Value title="Arguments" of={run.arguments} none="It was called without arguments." />
      <Result run={run} />
      {run.console && run.console.length > 0 && (
        <Card
          title="Console"
          actions={<CopyButton text={consoleText(run.console)} label="Copy console" />}
        >
          <ConsoleLines of={run.console} />
        </Card>
      )}
    </div>
  );
}

function About({ run }: { run: Run }) {
  const nameOf = useNames();
  const facts: [string, ComponentChildren][] = [
    ["Trigger", <Badge key="trigger">{triggerWord(run.trigger)}</Badge>],
    [
      "Caller",
      <span key="caller" title={run.principal}>
        {nameOf(run.principal)}
      </span>,
    ],
    ["Action", <Action key="action" of={run} />],
    ["Called", <Moment key="called" at={run.createdAt} />],
    ["Started", run.startedAt && exactly(run.startedAt)],
    ["Finished", run.finishedAt && exactly(run.finishedAt)],
    ["Took", run.durationMs == null ? null : duration(run.durationMs)],
    ["Sent", bytes(run.sentBytes ?? 0)],
    ["Received", bytes(run.receivedBytes ?? 0)],
  ];
  if (run.conversationId)
    facts.push(["Conversation", <Conversation key="conversation" of={run} />]);
  if (run.confirmationId)
    facts.push(["Confirmation", <code key="confirmation">{run.confirmationId}</code>]);
  facts.push(["Run", <code key="run">{run.id}</code>]);
  return (
    <Card title="About this run">
      <Facts of={facts} />
    </Card>
  );
}

function Action({ of: run }: { of: Run }) {
  return (
    <>
      <a href={`/runs?action=${encodeURIComponent(run.actionId)}`}>Its runs</a>
      <span class="soft"> · version {run.actionVersion}</span>
    </>
  );
}

function Conversation({ of: run }: { of: Run }) {
  const id = run.conversationId ?? "";
  return (
    <a href={`/runs?conversation=${encodeURIComponent(id)}`}>
      <code>{id}</code>
    </a>
  );
}

function Moment({ at }: { at: string }) {
  return (
    <>
      {exactly(at)}{" "}
      <span class="soft small runs-ago">
        (<Time at={at} />)
      </span>
    </>
  );
}
