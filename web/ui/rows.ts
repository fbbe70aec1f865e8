/** Rows of a table: which are drawn, and how one moves between them by keyboard. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { rowsInSight, type Span } from "./window.ts";

export const ROW_PX = 48;
export const WINDOWED_ABOVE = 100;
const HEAD_PX = 38;
/** More rows are asked for while so many are still below. */
const AHEAD_ROWS = 80;
const PAGE_ROWS = 10;

interface Rows {
  count: number;
  onEnd: (() => void) | undefined;
  /** The list begins at its top again when this changes. */
  view: string | undefined;
}

/** Long lists scroll in a box of their own; of short ones every row is drawn. */
export function useRows({ count, onEnd, view }: Rows) {
  const long = count > WINDOWED_ABOVE;
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState<Span>({ from: 0, to: WINDOWED_ABOVE });
  const [at, setAt] = useState(0);
  const wanted = useRef<number | undefined>(undefined);
  const look = () => {
    const shown = box.current;
    if (!shown || !long) return;
    const next = rowsInSight(shown.scrollTop, shown.clientHeight, ROW_PX, count);
    setSeen((now) => (now.from === next.from && now.to === next.to ? now : next));
    if (next.to + AHEAD_ROWS > count) onEnd?.();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at anew when rows come or go
  useLayoutEffect(look, [long, count]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view begins at its top
  useLayoutEffect(() => {
    setAt(0);
    if (box.current) box.current.scrollTop = 0;
  }, [view]);
  useLayoutEffect(() => {
    const row = wanted.current === undefined ? null : rowAt(box.current, wanted.current);
    if (!row) return;
    wanted.current = undefined;
    row.focus({ preventScroll: long });
  });
  const move = (to: number) => {
    const next = Math.max(0, Math.min(to, count - 1));
    wanted.current = next;
    setAt(next);
    if (long && box.current) intoSight(box.current, next);
    look();
    if (next === at) rowAt(box.current, next)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const from = indexOf(event.target);
    const to = from === undefined ? undefined : target(event.key, from, count);
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(to);
  };
  const span = long ? seen : { from: 0, to: count };
  // Tab comes to the row one was at, or to the first that is drawn.
  const stop = at >= span.from && at < span.to ? at : span.from;
  return { box, long, span, stop, onScroll: long ? look : undefined, onKeyDown };
}

function target(key: string, from: number, count: number): number | undefined {
  switch (key) {
    case "ArrowDown":
    case "j":
      return from + 1;
    case "ArrowUp":
    case "k":
      return from - 1;
    case "PageDown":
      return from + PAGE_ROWS;
    case "PageUp":
      return from - PAGE_ROWS;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}

/** Which row has the focus; keys pressed in something inside of a row are not the row's. */
function indexOf(element: EventTarget | null): number | undefined {
  if (!(element instanceof HTMLTableRowElement)) return undefined;
  return element.dataset["at"] === undefined ? undefined : Number(element.dataset["at"]);
}

function rowAt(box: HTMLElement | null, index: number): HTMLElement | null {
  return box?.querySelector(`tr[data-at="${index}"]`) ?? null;
}

function intoSight(box: HTMLElement, index: number): void {
  const top = index * ROW_PX;
  const highest = top + HEAD_PX + ROW_PX - box.clientHeight;
  box.scrollTop = Math.min(Math.max(box.scrollTop, highest), top);
}
