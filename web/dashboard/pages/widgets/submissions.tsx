/** What people have sent by a widget's buttons that save. */
import { useSignal } from "@preact/signals";
import { Download, Inbox } from "lucide-preact";
import { useEffect, useMemo } from "preact/hooks";
import type { Answer } from "#protocol";
import { Button, type Column, EmptyState, Failure, failed, Page, Table, Time } from "#ui";
import { api } from "../../data/api.ts";
import { useNames } from "../../data/principals.ts";
import { resource, useResource } from "../../data/resource.ts";
import type { PathNames } from "../../frame/pages.ts";
import "./widgets.css";
import { pathOf } from "./widgets.ts";

const PATH = "/api/widgets/{name}/submissions";
const PAGE = 100;
const VISITOR = "visitor:";

type Found = Answer<typeof PATH, "get">;
type Submission = Found["submissions"][number];

function loadPage(name: string, cursor: string | null, signal?: AbortSignal): Promise<Found> {
  return api.get(PATH, { path: { name }, query: { cursor, limit: PAGE }, signal });
}

/** The newest are asked for as the page opens; older ones when they are wanted. */
function useSubmissions(name: string) {
  const newest = useMemo(
    () => resource({ load: (signal) => loadPage(name, null, signal) }),
    [name],
  );
  const { value, error, refresh } = useResource(newest);
  const older = useSignal<Found | undefined>(undefined);
  const busy = useSignal(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what follows other newest ones is another
  useEffect(() => {
    older.value = undefined;
  }, [value.value]);
  const first = value.value;
  const next = (older.value ?? first)?.next ?? null;
  const more = async () => {
    if (busy.peek() || next === null) return;
    busy.value = true;
    try {
      const page = await loadPage(name, next);
      const before = older.peek()?.submissions ?? [];
      older.value = { ...page, submissions: [...before, ...page.submissions] };
    } catch (fault) {
      failed(fault);
    } finally {
      busy.value = false;
    }
  };
  const rows = first && [...first.submissions, ...(older.value?.submissions ?? [])];
  return { rows, next, error: error.value, refresh, more };
}

export default function SubmissionsPage({ name = "" }: PathNames) {
  const { rows, next, error, refresh, more } = useSubmissions(name);
  const nameOf = useNames();
  const columns = useMemo(() => columnsOf(nameOf), [nameOf]);
  return (
    <Page
      title="Submissions"
      lead={
        <>
          Sent by the buttons of <code>{name}</code> that save.
        </>
      }
      back={{ href: pathOf(name), label: name }}
      actions={
        rows &&
        rows.length > 0 && (
          <a
            class="button plain"
            href={`/api/widgets/${encodeURIComponent(name)}/submissions.csv`}
            download
          >
            <Download class="icon" size={16} />
            Download CSV
          </a>
        )
      }
    >
      {error && !rows ? (
        <Failure error={error} onRetry={refresh} />
      ) : (
        <Table
          label="Submissions"
          columns={columns}
          rows={rows}
          rowKey={(one) => one.id}
          onEnd={more}
          more={next !== null}
          empty={
            <EmptyState icon={Inbox} title="Nothing was sent yet">
              A button whose <code>deftly.type</code> is <code>save</code> keeps what stands in the
              card’s inputs. It shows up here.
            </EmptyState>
          }
        />
      )}
      {next !== null && rows && (
        <div class="row">
          <Button onClick={more}>Show older ones</Button>
        </div>
      )}
    </Page>
  );
}

function columnsOf(nameOf: (id: string) => string): readonly Column<Submission>[] {
  return [
    { key: "at", head: "Sent", width: "120px", cell: ({ at }) => <Time at={at} /> },
    { key: "data", head: "What", cell: ({ data }) => <Given data={data} /> },
    {
      key: "who",
      head: "By",
      width: "180px",
      wide: true,
      cell: ({ principal }) => (
        <span class="clip">{principal.startsWith(VISITOR) ? "a visitor" : nameOf(principal)}</span>
      ),
    },
    {
      key: "card",
      head: "Card",
      width: "110px",
      wide: true,
      cell: ({ cardId }) => <a href={`/runs/${cardId}`}>Its run</a>,
    },
  ];
}

function Given({ data }: { data: Submission["data"] }) {
  const entries = Object.entries(data);
  if (entries.length === 0) return <span class="faint">nothing</span>;
  return (
    <dl class="widgets-given small">
      {entries.map(([name, value]) => [
        <dt key={name}>{name}</dt>,
        <dd key={`${name}-value`}>{typeof value === "string" ? value : JSON.stringify(value)}</dd>,
      ])}
    </dl>
  );
}
