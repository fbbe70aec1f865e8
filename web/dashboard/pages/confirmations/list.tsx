/** Calls that wait for a person, and what became of earlier ones. */
import { useSignal } from "@preact/signals";
import { ShieldCheck } from "lucide-preact";
import "./confirmations.css";
import {
  Badge,
  type Column,
  EmptyState,
  Failure,
  failed,
  Page,
  Skeleton,
  Table,
  Time,
  told,
} from "#ui";
import { ConfirmCard } from "#ui/confirm-card.tsx";
import { useNames } from "../../data/principals.ts";
import { useResource } from "../../data/resource.ts";
import { may } from "../../data/session.ts";
import { useListKeys } from "../../frame/list-keys.ts";
import { go } from "../../frame/router.ts";
import { answer, MEANING, type Question, questions } from "./questions.ts";

export default function ConfirmationsPage() {
  const { value, error, refresh } = useResource(questions);
  useListKeys();
  const pending = value.value?.pending;
  return (
    <Page
      title="Confirmations"
      lead="Calls that change something wait here until a person has agreed to exactly these values."
    >
      {error.value && !value.value ? (
        <Failure error={error.value} onRetry={refresh} />
      ) : (
        <>
          <section class="confirmations-pending" aria-label="Waiting" aria-live="polite">
            {pending ? pending.map((one) => <Pending key={one.id} question={one} />) : <Waiting />}
            {pending?.length === 0 && (
              <div class="card">
                <EmptyState icon={ShieldCheck} title="Nothing waits for you">
                  Calls of actions in confirm mode appear here the moment they are made.
                </EmptyState>
              </div>
            )}
          </section>
          <section class="stack">
            <h2>Answered</h2>
            <Table
              label="Answered"
              columns={COLUMNS}
              rows={value.value?.answered}
              rowKey={(one) => one.id}
              onOpen={(one) => void go(`/runs/${one.runId}`)}
              order={{ key: "asked", down: true }}
              empty={
                <EmptyState icon={ShieldCheck} title="No answers yet">
                  What was confirmed, denied or left to expire is listed here.
                </EmptyState>
              }
            />
          </section>
        </>
      )}
    </Page>
  );
}

function Waiting() {
  return (
    <div class="card card-content stack confirmations-waiting">
      <Skeleton width="32%" />
      <Skeleton width="58%" />
      <Skeleton width="44%" />
    </div>
  );
}

function Pending({ question }: { question: Question }) {
  const nameOf = useNames();
  const busy = useSignal<"confirm" | "deny" | undefined>(undefined);
  const give = async (agreed: boolean) => {
    busy.value = agreed ? "confirm" : "deny";
    try {
      const { status, error } = await answer(question.id, agreed);
      if (status === "failed") failed(error?.message ?? `${question.tool} failed.`);
      else told(`${question.tool}: ${MEANING[status].word}.`);
    } catch (fault) {
      failed(fault);
    } finally {
      await questions.refresh();
      busy.value = undefined;
    }
  };
  return (
    <div class="stack tight">
      <ConfirmCard
        asking={question}
        busy={busy.value}
        onAnswer={may("confirm") ? (agreed) => void give(agreed) : undefined}
      />
      <p class="small soft">
        Asked <Time at={question.createdAt} /> by {nameOf(question.requester)}
      </p>
    </div>
  );
}

const COLUMNS: readonly Column<Question>[] = [
  {
    key: "tool",
    head: "Tool",
    compare: (a, b) => a.tool.localeCompare(b.tool),
    cell: (one) => <code>{one.tool}</code>,
  },
  {
    key: "values",
    head: "Arguments",
    wide: true,
    width: "34%",
    cell: (one) => <span class="soft">{valuesOf(one)}</span>,
  },
  {
    key: "answer",
    head: "Answer",
    width: "190px",
    compare: (a, b) => a.status.localeCompare(b.status),
    cell: (one) => <Badge tone={MEANING[one.status].tone}>{MEANING[one.status].word}</Badge>,
  },
  {
    key: "asked",
    head: "Asked",
    wide: true,
    width: "130px",
    compare: (a, b) => a.createdAt.localeCompare(b.createdAt),
    cell: (one) => <Time at={one.createdAt} />,
  },
];

function valuesOf({ summary }: Question): string {
  const given = summary["arguments"];
  const list = Array.isArray(given) ? (given as { name?: unknown; value?: unknown }[]) : [];
  return list.map(({ name, value }) => `${name}: ${value}`).join(", ") || "none";
}
