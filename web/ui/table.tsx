import { ArrowDown, ArrowUp } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { Skeleton } from "./states.tsx";
import { rowsInSight, type Span } from "./window.ts";

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

interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  /** Not there yet: bars are drawn where rows will be. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  onOpen?: ((row: Row) => void) | undefined;
  /** Drawn instead of the table when there is no row. */
  empty?: ComponentChildren;
  order?: Order | undefined;
  /** Called near the end of what is loaded. */
  onEnd?: (() => void) | undefined;
}

const ROW_PX = 48;
const WINDOWED_ABOVE = 100;
const BARS = 5;

/** Long lists scroll in their own box, and only the rows in sight are drawn. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, rowKey, onOpen, empty, onEnd } = props;
  const [order, setOrder] = useState(props.order);
  const sorted = useMemo(() => inOrder(rows, columns, order), [rows, columns, order]);
  const long = sorted !== undefined && sorted.length > WINDOWED_ABOVE;
  const { box, span, onScroll } = useSpan(sorted?.length ?? 0, long, onEnd);
  if (sorted?.length === 0 && empty) return <div class="card">{empty}</div>;
  return (
    <div
      ref={box}
      class={long ? "table-box tall" : "table-box"}
      onScroll={long ? onScroll : undefined}
      tabIndex={long ? 0 : undefined}
    >
      <table
        class="table"
        aria-label={label}
        aria-busy={!rows}
        aria-rowcount={sorted?.length ?? -1}
      >
        <colgroup>
          {columns.map((one) => (
            <col
              key={one.key}
              class={one.wide ? "only-wide" : ""}
              style={one.width ? { width: one.width } : {}}
            />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((one) => (
              <Head key={one.key} column={one} order={order} onOrder={setOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {!sorted && <Bars columns={columns} />}
          {sorted && <Spacer rows={span.from} columns={columns.length} />}
          {sorted?.slice(span.from, span.to).map((row) => (
            <tr key={rowKey(row)} {...opening(row, onOpen)}>
              {columns.map((one) => (
                <td key={one.key} class={classOf(one)}>
                  {one.cell(row)}
                </td>
              ))}
            </tr>
          ))}
          {sorted && <Spacer rows={sorted.length - span.to} columns={columns.length} />}
        </tbody>
      </table>
    </div>
  );
}

function useSpan(count: number, long: boolean, onEnd: (() => void) | undefined) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState<Span>({ from: 0, to: WINDOWED_ABOVE });
  const onScroll = () => {
    const shown = box.current;
    if (!shown) return;
    const next = rowsInSight(shown.scrollTop, shown.clientHeight, ROW_PX, count);
    setSeen((now) => (now.from === next.from && now.to === next.to ? now : next));
    if (next.to === count) onEnd?.();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at anew when rows come or go
  useLayoutEffect(() => {
    if (long) onScroll();
  }, [long, count]);
  return { box, span: long ? seen : { from: 0, to: count }, onScroll };
}

function inOrder<Row>(
  rows: readonly Row[] | undefined,
  columns: readonly Column<Row>[],
  order: Order | undefined,
) {
  const compare = order && columns.find((one) => one.key === order.key)?.compare;
  if (!rows || !compare) return rows;
  const sign = order.down ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare(a, b));
}

function classOf<Row>(column: Column<Row>): string {
  const { end, wide, tools } = column;
  return [end && "end num", wide && "only-wide", tools && "tools"].filter(Boolean).join(" ");
}

function opening<Row>(row: Row, onOpen: ((row: Row) => void) | undefined) {
  if (!onOpen) return {};
  return {
    class: "open",
    tabIndex: 0,
    onClick: () => onOpen(row),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Enter" && event.target === event.currentTarget) onOpen(row);
    },
  };
}

interface HeadProps<Row> {
  column: Column<Row>;
  order: Order | undefined;
  onOrder: (order: Order) => void;
}

function Head<Row>({ column, order, onOrder }: HeadProps<Row>) {
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

function Spacer({ rows, columns }: { rows: number; columns: number }) {
  if (rows <= 0) return null;
  return (
    <tr class="spacer">
      <td colSpan={columns} style={{ height: `${rows * ROW_PX}px` }} />
    </tr>
  );
}

function Bars<Row>({ columns }: { columns: readonly Column<Row>[] }) {
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
