/** Anything that was thrown, in words a visitor can use. */
import { Refusal } from "./net.ts";
import { words } from "./words.ts";

export function messageOf(fault: unknown): string {
  if (!(fault instanceof Refusal)) return words.peek().unreachable;
  return fault.status === 0 && !fault.message ? words.peek().unreachable : fault.message;
}
