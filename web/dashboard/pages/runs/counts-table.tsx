/** The chart's numbers, for who reads them better as such. */
import { type Column, duration, Table } from "#ui";
import type { Bucket } from "./buckets.ts";
import { span } from "./times.ts";

const number = (key: "succeeded" | "failed" | "waiting" | "idle", head: string, wide = false) => ({
  key,
  head,
  wide,
  end: true,
  compare: (a: Bucket, b: Bucket) => a[key] - b[key],
  cell: (one: Bucket) => one[key].toLocaleString("en"),
});

function columns(step: "hour" | "day"): readonly Column<Bucket>[] {
  return [
    {
      key: "at",
      head: "When",
      width: "34%",
      compare: (a, b) => a.atMs - b.atMs,
      cell: (one) => span(one.atMs, step),
    },
    number("succeeded", "Succeeded"),
    number("failed", "Failed"),
    number("waiting", "Waiting", true),
    number("idle", "Not sent", true),
    {
      key: "time",
      head: "Average",
      end: true,
      wide: true,
      compare: (a, b) => (a.averageMs ?? 0) - (b.averageMs ?? 0),
      cell: (one) => (one.averageMs === null ? "" : duration(one.averageMs)),
    },
  ];
}

const COLUMNS = { hour: columns("hour"), day: columns("day") };

export function CountsTable({
  buckets,
  step,
}: {
  buckets: readonly Bucket[];
  step: "hour" | "day";
}) {
  return (
    <div class="runs-counts">
      <Table
        label="Runs over time"
        columns={COLUMNS[step]}
        rows={buckets}
        rowKey={(one) => String(one.atMs)}
        order={{ key: "at", down: true }}
      />
    </div>
  );
}
