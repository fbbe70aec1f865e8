import { Component, type ComponentChildren } from "preact";
import { useMemo, useState } from "preact/hooks";
import { Bars, type Column, classOf, Head, type Order, Spacer } from "./columns.tsx";
import { useRows } from "./rows.ts";

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
  /** There are rows beyond those loaded; how many, nobody knows. */
  more?: boolean | undefined;
  /** What the rows are a view of, such as the filters: another one is shown from its top. */
  view?: string | undefined;
}

/** Long lists scroll in their own box, and only the rows in sight are drawn. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, rowKey, onOpen, empty, onEnd, more, view } = props;
  const [order, setOrder] = useState(props.order);
  const sorted = useMemo(() => inOrder(rows, columns, order), [rows, columns, order]);
  const count = sorted?.length ?? 0;
  const { box, long, span, stop, onScroll, onKeyDown } = useRows({ count, onEnd, view });
  if (sorted?.length === 0 && empty) return <div class="card">{empty}</div>;
  return (
    <div
      ref={box}
      class={long ? "table-box tall" : "table-box"}
      onScroll={onScroll}
      tabIndex={long && !onOpen ? 0 : undefined}
    >
      <table
        class="table"
        aria-label={label}
        aria-busy={!rows}
        // The heads are a row too.
        aria-rowcount={sorted && !more ? count + 1 : -1}
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
          <tr aria-rowindex={1}>
            {columns.map((one) => (
              <Head key={one.key} column={one} order={order} onOrder={setOrder} />
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={onKeyDown}>
          {!sorted && <Bars columns={columns} />}
          {sorted && <Spacer rows={span.from} />}
          {sorted?.slice(span.from, span.to).map((row, index) => (
            <OneRow
              key={rowKey(row)}
              row={row}
              at={span.from + index}
              columns={columns}
              onOpen={onOpen}
              stop={stop === span.from + index}
            />
          ))}
          {sorted && <Spacer rows={count - span.to} />}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps<Row> {
  row: Row;
  at: number;
  columns: readonly Column<Row>[];
  onOpen: ((row: Row) => void) | undefined;
  /** Tab comes here. */
  stop: boolean;
}

/** Drawn once, however often rows above and below it come into sight. */
class OneRow<Row> extends Component<RowProps<Row>> {
  override shouldComponentUpdate(next: RowProps<Row>): boolean {
    const { row, at, columns, stop } = this.props;
    return next.row !== row || next.at !== at || next.columns !== columns || next.stop !== stop;
  }

  override render() {
    const { row, at, columns, onOpen, stop } = this.props;
    return (
      <tr data-at={at} aria-rowindex={at + 2} {...opening(() => this.open(), onOpen && stop)}>
        {columns.map((one) => (
          <td key={one.key} class={classOf(one)}>
            {one.cell(row)}
          </td>
        ))}
      </tr>
    );
  }

  open(): void {
    this.props.onOpen?.(this.props.row);
  }
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

/** What opens a row; a link or a control in it does what it does alone. */
function opening(open: () => void, stop: boolean | undefined) {
  if (stop === undefined) return {};
  return {
    class: "open",
    tabIndex: stop ? 0 : -1,
    onClick: (event: MouseEvent) => {
      if (!(event.target as Element).closest(CONTROLS)) open();
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Enter" && event.target === event.currentTarget) open();
    },
  };
}

const CONTROLS = "a, button, input, select, textarea, label, dialog, [popover]";
