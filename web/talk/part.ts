/** Which part of a long conversation is drawn: its end and, on wish, what was before. */
import type { Item } from "./talk.ts";

/** More at once makes a phone slow. */
export const DRAWN = 400;
const STEP = 200;

export interface Part {
  items: readonly Item[];
  /** How many are known and stand before it, and after it. */
  before: number;
  after: number;
}

/** What is drawn when so many at the end are not. */
export function partOf(items: readonly Item[], hidden: number): Part {
  const end = Math.max(Math.min(DRAWN, items.length), items.length - hidden);
  const before = Math.max(0, end - DRAWN);
  return { items: items.slice(before, end), before, after: items.length - end };
}

/** How many to hide at the end so that earlier ones come into sight. */
export function hiddenForEarlier({ before, after }: Part): number {
  return after + Math.min(STEP, before);
}

export function hiddenForLater({ after }: Part): number {
  return Math.max(0, after - STEP);
}
