/** Placeholders as the server reads them: `{{order_id}}`, `{{secrets.NAME}}`, `{{text|url}}`. */
import type { Mark } from "#ui";

/** What placeholders may name. */
export interface Names {
  inputs: readonly string[];
  /** As `secrets.NAME`. Undefined: we may not know them, so none is doubted. */
  secrets: readonly string[] | undefined;
}

export const FILTERS = ["url", "json"] as const;

const OPENED =
  /\{\{[ \t]*([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)[ \t]*(?:\|[ \t]*([A-Za-z0-9_]+)[ \t]*)?\}\}/y;
const BRACES = /\{\{|\}\}/g;
const OPENED_ONLY = /\{\{/g;

interface Found extends Mark {
  names: readonly string[];
  /** As a placeholder looks halfway: not to be faulted under somebody's fingers. */
  unfinished?: true;
}

const HALFWAY = /^\{\{[ \t]*[\w.-]*[ \t]*(?:\|[ \t]*\w*)?$/;

/** Every placeholder of a text, and every pair of braces that is none.
 *
 * In JSON two closing braces may close two objects, so a lone pair is no fault there.
 */
export function marksIn(text: string, known: Names, { json = false } = {}): Found[] {
  const found: Found[] = [];
  const braces = new RegExp(json ? OPENED_ONLY : BRACES);
  for (let at = braces.exec(text); at; at = braces.exec(text)) {
    const from = at.index;
    const one =
      at[0] === "}}" ? wrong(from, from + 2, "}} closes nothing.") : read(text, from, known);
    found.push(one);
    braces.lastIndex = one.to;
  }
  return found;
}

function read(text: string, from: number, known: Names): Found {
  const opened = new RegExp(OPENED);
  opened.lastIndex = from;
  const match = opened.exec(text);
  if (match) {
    const names = (match[1] ?? "").split(".");
    return { from, to: from + match[0].length, names, ...judged(match[0], names, match[2], known) };
  }
  const close = text.indexOf("}}", from);
  if (close < 0) {
    const line = text.indexOf("\n", from);
    const to = line < 0 ? text.length : line;
    const found = wrong(from, to, "{{ is never closed; write {{name}}.");
    return HALFWAY.test(text.slice(from, to)) ? { ...found, unfinished: true } : found;
  }
  const written = text.slice(from, close + 2);
  const says = `${written} is no placeholder; write a name such as {{order_id}}. There are no expressions.`;
  return wrong(from, close + 2, says);
}

function wrong(from: number, to: number, says: string): Found {
  return { from, to, names: [], kind: "wrong", says };
}

function judged(
  written: string,
  names: readonly string[],
  filter: string | undefined,
  known: Names,
): Pick<Mark, "kind" | "says"> {
  const fault = faultOf(written, names, filter);
  if (fault) return { kind: "wrong", says: fault };
  const doubt = doubtOf(written, names, known);
  return doubt ? { kind: "doubt", says: doubt } : { kind: "known" };
}

function faultOf(
  written: string,
  names: readonly string[],
  filter: string | undefined,
): string | undefined {
  const [root = ""] = names;
  if (names.some((name) => name.startsWith("__")))
    return `${written} has a name that starts with two underscores, which none may.`;
  if (root === "secrets" && names.length !== 2)
    return `${written} names no secret; write {{secrets.NAME}}.`;
  if ((root === "user" || root === "page") && names.length === 1)
    return `${written} needs a member, such as {{${root}.id}}.`;
  if (root === "deftly") return `${written} uses a reserved name.`;
  if (filter !== undefined && !FILTERS.some((one) => one === filter))
    return `${written} names an unknown filter; the filters are ${FILTERS.join(" and ")}.`;
  return undefined;
}

function doubtOf(written: string, [root = "", member]: readonly string[], known: Names) {
  if (root === "user" || root === "page") return undefined;
  if (root === "secrets") {
    const missing = known.secrets !== undefined && !known.secrets.includes(`secrets.${member}`);
    return missing ? `There is no secret ${member} yet; calls fail until it is stored.` : undefined;
  }
  if (known.inputs.includes(root)) return undefined;
  return `${written} has no input of that name, so it will be empty.`;
}

/** What is wrong with a text, and what may be: sentences, each once. */
export function saidOf(marks: readonly (Mark & { unfinished?: true })[]): {
  problem?: string;
  warning?: string;
} {
  const said = (kind: Mark["kind"]) => {
    const sentences = marks
      .filter((one) => one.kind === kind && !one.unfinished)
      .map((one) => one.says);
    return [...new Set(sentences)].join(" ");
  };
  const [problem, warning] = [said("wrong"), said("doubt")];
  return { ...(problem && { problem }), ...(warning && { warning }) };
}

/** The inputs that placeholders of the texts name, each once, in order. */
export function inputsNamedIn(texts: readonly string[]): string[] {
  const none = { inputs: [], secrets: undefined };
  const roots = texts
    .flatMap((text) => marksIn(text, none, { json: true }))
    .filter((one) => one.kind === "doubt")
    .map((one) => one.names[0] ?? "");
  return [...new Set(roots)];
}
