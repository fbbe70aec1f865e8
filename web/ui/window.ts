/** Which rows of a long list have to be drawn. */

export interface Span {
  from: number;
  to: number;
}

const SPARE_ROWS = 8;
/** Drawn anew only every few rows, not with every one that comes into sight. */
const STRIDE_ROWS = 8;

/** The rows in sight, and some before and after them. */
export function rowsInSight(
  scrolledPx: number,
  heightPx: number,
  rowPx: number,
  count: number,
): Span {
  const first = inStrides(Math.floor, scrolledPx / rowPx - SPARE_ROWS);
  const last = inStrides(Math.ceil, (scrolledPx + heightPx) / rowPx + SPARE_ROWS);
  const to = Math.min(count, Math.max(last, 0));
  return { from: Math.max(0, Math.min(first, to)), to };
}

function inStrides(round: (rows: number) => number, rows: number): number {
  return round(rows / STRIDE_ROWS) * STRIDE_ROWS;
}
