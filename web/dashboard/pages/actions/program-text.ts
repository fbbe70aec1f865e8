/** What code and commands name of what they are given, read without running them. */
import type { Mark } from "#ui";

const CODE_NAME = "[A-Za-z_$][\\w$]*";
const COMMENTS = /\/\*[\s\S]*?\*\/|(^|[^:"'`])\/\/.*$/gm;

/** Inputs that JavaScript reads off `params`, each once, in order. */
export function inputsReadIn(code: string): string[] {
  return [...new Set([...membersOf("params", code), ...takenApart(code)])];
}

/** Secrets that JavaScript names. */
export function secretsReadIn(code: string): string[] {
  return membersOf("secrets", code);
}

function membersOf(object: string, code: string): string[] {
  const member = new RegExp(
    `(?<![\\w$.])${object}(?:\\?)?(?:\\.(${CODE_NAME})|\\.?\\[(["'\`])([\\w$-]+)\\2\\])`,
    "g",
  );
  const found = [...code.replace(COMMENTS, "$1").matchAll(member)];
  return [...new Set(found.map(([, plain, , quoted]) => plain ?? quoted ?? ""))];
}

/** `const { a, b: renamed, c = 1 } = params`. */
function takenApart(code: string): string[] {
  const apart = [
    ...code.replace(COMMENTS, "$1").matchAll(/\{([^{}]*)\}\s*=\s*params\b(?!\s*[.[])/g),
  ];
  return apart
    .flatMap(([, inside = ""]) => inside.split(","))
    .map((one) => /^\s*([A-Za-z_$][\w$]*)\s*(?:[:=]|$)/.exec(one)?.[1] ?? "")
    .filter(Boolean);
}

/** Stretches of a command in single quotes, in which a shell fills nothing in.
 *
 * Empty where a here-document is about: what counts as a quote in there needs a shell to tell.
 */
export function singleQuoted(command: string): { from: number; to: number }[] {
  if (command.includes("<<")) return [];
  const found: { from: number; to: number }[] = [];
  const token = /\\[\s\S]|(^|(?<=[\s;&|(]))#.*|'[^']*'?|"(?:\\[\s\S]|[^"\\])*"?|[\s\S]/gm;
  for (const { 0: text, index } of command.matchAll(token))
    if (text.startsWith("'")) found.push({ from: index, to: index + text.length });
  return found;
}

const QUOTED =
  "stands in single quotes, where a shell fills nothing in. Take them away: it is one word anyway.";
const SECRET =
  "has no place in a command; a secret goes in a header of an API call or of a fetch in code.";

/** Faults of placeholders that a command alone has. */
export function judgedInCommand<Found extends Mark>(command: string, marks: readonly Found[]) {
  const quoted = singleQuoted(command);
  return marks.map((mark) => {
    const written = command.slice(mark.from, mark.to);
    const fault = /^\{\{[ \t]*secrets\b/.test(written)
      ? SECRET
      : quoted.some(({ from, to }) => from < mark.from && mark.to <= to) && QUOTED;
    if (!fault || mark.kind === "wrong") return mark;
    return { ...mark, kind: "wrong" as const, says: `${written} ${fault}` };
  });
}

/** Where a test found code to be wrong. */
export interface CodeFault {
  /** What was tested; it is about nothing else. */
  code: string;
  line: number;
  says: string;
}

const PLACE = /\s*\(line (\d+)\)\.?$/;

/** The line that a failed test of code names. */
export function faultIn(
  code: string,
  { ok, error, code: why }: { ok: boolean; error?: string | null; code?: string | null },
): CodeFault | undefined {
  const place = PLACE.exec(error ?? "");
  if (ok || why !== "code_failed" || !error || !place) return undefined;
  const line = Number(place[1]);
  if (line < 1 || line > code.split("\n").length) return undefined;
  return { code, line, says: error.slice(0, place.index) };
}

/** The line that the server names where it refuses a command or code. */
export function refusedLine(code: string, refusal: string | undefined): CodeFault | undefined {
  const line = Number(/: line (\d+)(?:, column \d+)?: /.exec(refusal ?? "")?.[1] ?? 0);
  if (!refusal || line < 1 || line > code.split("\n").length) return undefined;
  return { code, line, says: refusal };
}
