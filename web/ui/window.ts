/** Which rows of a long list have to be drawn. */

export interface Span {
  from: number;
  to: number;
}

const SPARE_ROWS = 12;

/** The rows in sight, and some before and after them. */
export function rowsInSight(
  scrolledPx: number,
  heightPx: number,
  rowPx: number,
  count: number,
): Span {
  const first = Math.floor(scrolledPx / rowPx) - SPARE_ROWS;
  const last = Math.ceil((scrolledPx + heightPx) / rowPx) + SPARE_ROWS;
  const to = Math.min(count, Math.max(last, 0));
  return { from: Math.max(0, Math.min(first, to)), to };
}
