/** How tokens are told. */
import type { Usage } from "#talk/talk.ts";

const count = new Intl.NumberFormat("en");

/** `1,204 in, 86 out tokens`; a model without a provider, such as the local one, counts none. */
export function tokens(usage: Usage | null | undefined): string {
  if (!usage) return "tokens not counted";
  return `${count.format(usage.inputTokens)} in, ${count.format(usage.outputTokens)} out tokens`;
}
