/** What differs between two definitions, member by member, in words where there are some. */
import { isObject } from "../../data/json.ts";

export interface Difference {
  path: string;
  /** What the form calls it; the path where it has no name. */
  label: string;
  before: string | undefined;
  after: string | undefined;
}

export interface Line {
  kind: "same" | "old" | "new";
  text: string;
}

const IDENTITY = new Set(["id", "version", "createdAt", "updatedAt", "parameters"]);

const LABELS: readonly (readonly [RegExp, string])[] = [
  [/^name$/, "Name"],
  [/^description$/, "When to use it"],
  [/^similes\[(\d+)\]$/, "Other way to ask"],
  [/^handler\.type$/, "Type"],
  [/^handler\.method$/, "Method"],
  [/^handler\.url$/, "URL"],
  [/^handler\.headers\.(.+)$/, "Header $1"],
  [/^handler\.body(?:Template)?$/, "Body"],
  [/^handler\.body\.(.+)$/, "Body, $1"],
  [/^handler\.resultPath$/, "Keep from the answer"],
  [/^handler\.omitMissing$/, "Leave out what is not given"],
  [/^handler\.timeoutS$/, "Time limit in seconds"],
  [/^handler\.code$/, "Code"],
  [/^handler\.command$/, "Command"],
  [/^handler\.allowOptions$/, "May begin with - or @"],
  [/^inputSchema\.properties\.([\w-]+)\.(.+)$/, "Input $1, $2"],
  [/^inputSchema\.required$/, "Required inputs"],
  [/^executionMode$/, "Run mode"],
  [/^limits\.callsPerMinute$/, "Calls a minute"],
  [/^enabled$/, "On"],
  [/^widget$/, "Widget"],
  [/^examples\[(\d+)\]\.question$/, "Question of an example"],
  [/^examples\[(\d+)\]\.params\.(.+)$/, "Example, $2"],
];

/** Places whose text differs, in the order of the newer one. */
export function differences(before: object, after: object): Difference[] {
  const old = flat(before);
  const now = flat(after);
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((path) => ({
      path,
      label: labelOf(path),
      before: old.get(path),
      after: now.get(path),
    }))
    .filter((one) => one.before !== one.after);
}

function labelOf(path: string): string {
  const found = LABELS.find(([pattern]) => pattern.test(path));
  return found ? path.replace(found[0], found[1]) : path;
}

function flat(definition: object): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(withSchema(definition)))
    if (!IDENTITY.has(key)) walk(value, key, found);
  return found;
}

function walk(value: unknown, path: string, found: Map<string, string>): void {
  const text = textOf(value, path);
  if (text !== undefined) found.set(path, text);
  else if (Array.isArray(value))
    for (const [at, one] of value.entries()) walk(one, `${path}[${at}]`, found);
  else if (isObject(value))
    for (const [key, member] of Object.entries(value)) walk(member, `${path}.${key}`, found);
}

/** A value that stands on one place; a list of names reads better as one, sentences do not. */
function textOf(value: unknown, path: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== "object") return String(value);
  const names = Array.isArray(value) && value.length > 0 && path !== "similes";
  return names && value.every((one) => typeof one === "string") ? value.join(", ") : undefined;
}

/** A definition as its author wrote it may have a table where another has its schema. */
function withSchema(definition: object): Record<string, unknown> {
  const given = definition as Record<string, unknown>;
  const table = given["parameters"];
  if (given["inputSchema"] !== undefined || !Array.isArray(table)) return given;
  const rows = table.filter(isObject);
  const properties = Object.fromEntries(
    rows.map(({ name, required: _, ...rest }) => [String(name), { type: "string", ...rest }]),
  );
  const required = rows.filter((one) => one["required"] === true).map((one) => String(one["name"]));
  return { ...given, inputSchema: { type: "object", properties, required } };
}

const LINES_AT_MOST = 400;

/** Two texts line by line; those that stand in both are the same. */
export function linesOf(before: string, after: string): Line[] {
  const [old, now] = [before.split("\n"), after.split("\n")];
  if (old.length > LINES_AT_MOST || now.length > LINES_AT_MOST) {
    return [...old.map(as("old")), ...now.map(as("new"))];
  }
  const common = lengths(old, now);
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const [left, right] = [old[i], now[j]];
    if (left !== undefined && left === right) {
      lines.push({ kind: "same", text: left });
      i += 1;
      j += 1;
    } else if (
      right === undefined ||
      (left !== undefined && at(common, i + 1, j) >= at(common, i, j + 1))
    ) {
      lines.push({ kind: "old", text: left ?? "" });
      i += 1;
    } else {
      lines.push({ kind: "new", text: right });
      j += 1;
    }
  }
  return lines;
}

function as(kind: Line["kind"]): (text: string) => Line {
  return (text) => ({ kind, text });
}

/** For each pair of places, how many lines the rests have in common. */
function lengths(old: readonly string[], now: readonly string[]): number[][] {
  const table = old.map(() => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const best =
        old[i] === now[j]
          ? at(table, i + 1, j + 1) + 1
          : Math.max(at(table, i + 1, j), at(table, i, j + 1));
      (table[i] ?? [])[j] = best;
    }
  }
  return table;
}

function at(table: readonly number[][], i: number, j: number): number {
  return table[i]?.[j] ?? 0;
}
