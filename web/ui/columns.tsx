/** The columns of a table: their heads, and what stands for rows that are not drawn. */
import { ArrowDown, ArrowUp } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { ROW_PX } from "./rows.ts";
import { Skeleton } from "./states.tsx";

export interface Column<Row> {
  key: string;
  head: string;
  cell: (row: Row) => ComponentChildren;
  /** Of `table-layout: fixed`: `30%`, `120px`; the rest is shared out. */
  width?: string | undefined;
  /** Makes the head a button; smaller first. */
  compare?: ((a: Row, b: Row) => number) | undefined;
  /** Numbers stand at the right. */
  end?: boolean | undefined;
  /** Left out on a phone. */
  wide?: boolean | undefined;
  /** Holds buttons or a menu, not text. */
  tools?: boolean | undefined;
}

export interface Order {
  key: string;
  down: boolean;
}

const BARS = 5;

export function classOf<Row>(column: Column<Row>): string {
  const { end, wide, tools } = column;
  return [end && "end num", wide && "only-wide", tools && "tools"].filter(Boolean).join(" ");
}

interface HeadProps<Row> {
  column: Column<Row>;
  order: Order | undefined;
  onOrder: (order: Order) => void;
}

export function Head<Row>({ column, order, onOrder }: HeadProps<Row>) {
  const { key, head, compare } = column;
  const active = order?.key === key ? order : undefined;
  const Arrow = active?.down ? ArrowDown : ArrowUp;
  const sorted = active && (active.down ? "descending" : "ascending");
  return (
    <th scope="col" class={classOf(column)} aria-sort={sorted}>
      {compare ? (
        <button type="button" onClick={() => onOrder({ key, down: active ? !active.down : false })}>
          {head}
          {active && <Arrow size={13} />}
        </button>
      ) : (
        <span class={column.tools ? "unseen" : ""}>{head}</span>
      )}
    </th>
  );
}

/** One cell only: a span over columns that a phone leaves out would bring them back. */
export function Spacer({ rows }: { rows: number }) {
  if (rows <= 0) return null;
  return (
    <tr class="spacer">
      <td style={{ height: `${rows * ROW_PX}px` }} />
    </tr>
  );
}

/** Where rows will be. */
export function Bars<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return Array.from({ length: BARS }, (_, row) => (
    <tr key={row}>
      {columns.map((one, index) => (
        <td key={one.key} class={classOf(one)}>
          {!one.tools && <Skeleton width={`${48 + ((row * 17 + index * 29) % 36)}%`} />}
        </td>
      ))}
    </tr>
  ));
}
