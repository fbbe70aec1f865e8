/** Drafts on their way in: what each would do, what it would be called, and what stands against it. */
import type { Definition } from "../actions/draft.ts";
import { writes } from "../actions/kinds.ts";
import { nameProblem, toolName } from "../actions/naming.ts";
import { secretsReadIn } from "../actions/program-text.ts";

export interface Item {
  /** Unique within one import. */
  key: number;
  /** What it was made of: an operation's id, a method with a path, a name. */
  source: string;
  definition: Definition;
  warnings: readonly string[];
  /** The cURL command it was made of. It is sent again to be stored, as it may hold a credential. */
  command?: string;
  /** Secrets whose values stand in the command. */
  keeps?: readonly string[];
}

/** The part of a definition that a review may change. */
export type Edit = Partial<Pick<Definition, "name" | "description" | "executionMode">>;

interface Handler {
  method?: string;
  url?: string;
}

export function methodOf({ definition }: Item): string {
  const { type } = definition.handler;
  return type === "http" ? ((definition.handler as Handler).method ?? "GET").toUpperCase() : "";
}

/** The host, a placeholder in it as it stands; empty for what calls nobody. */
export function hostOf({ definition }: Item): string {
  const url = (definition.handler as Handler).url ?? "";
  return /^\w+:\/\/(?:[^/?#@]*@)?([^/?#]*)/.exec(url)?.[1] ?? "";
}

export function pathOf({ definition }: Item): string {
  const url = (definition.handler as Handler).url ?? "";
  return url.replace(/^\w+:\/\/[^/?#]*/, "").replace(/\?.*$/, "") || "/";
}

export function isWriting(item: Item): boolean {
  return item.definition.handler.type !== "http" || writes(methodOf(item));
}

export function notesOf(count: number): string {
  return count === 1 ? "1 note" : `${count.toLocaleString()} notes`;
}

/** The name as the model will see it. */
export function toolOf({ definition }: Item): string {
  return toolName(definition.name);
}

/** Why an item cannot be stored under its name, by key: of equal names only the first can. */
export function nameProblems(
  items: readonly Item[],
  existing: ReadonlySet<string>,
): ReadonlyMap<number, string> {
  const seen = new Set<string>();
  const problems = new Map<number, string>();
  for (const item of items) {
    const tool = toolOf(item);
    const problem =
      nameProblem(item.definition.name) ??
      (tool ? undefined : "It needs a name.") ??
      (existing.has(tool) ? `There is an action ${tool} already.` : undefined) ??
      (seen.has(tool) ? `Another one here is called ${tool} too.` : undefined);
    if (problem) problems.set(item.key, problem);
    seen.add(tool);
  }
  return problems;
}

const NAME_LIMIT = 60;

/** A name nobody has: numbered, and cut where that makes it too long. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  const base = toolName(name).slice(0, NAME_LIMIT) || "action";
  let number = 1;
  let free = base;
  while (taken.has(free)) {
    number += 1;
    const tail = `_${number}`;
    free = base.slice(0, NAME_LIMIT - tail.length).replace(/_+$/, "") + tail;
  }
  return free;
}

/** Secrets that an item sends, by name. */
export function secretsOf({ definition }: Item): string[] {
  const text = JSON.stringify(definition.handler);
  const found = [...text.matchAll(/\{\{\s*secrets\.([A-Za-z0-9_-]+)/g)].map(
    ([, name = ""]) => name,
  );
  const code = definition.handler.type === "code" ? programOf(definition) : "";
  return [...new Set([...found, ...secretsReadIn(code ?? "")])];
}

/** Code or a command, where that is what it runs. */
export function programOf({ handler }: Pick<Definition, "handler">): string | undefined {
  const { code, command } = handler as { code?: string; command?: string };
  return code ?? command;
}

/** Names of what an agent has to gather. */
export function inputNames({ definition: { inputSchema, parameters } }: Item): string[] {
  const properties = inputSchema?.["properties"];
  if (properties && typeof properties === "object") return Object.keys(properties);
  return (parameters ?? []).map((one) => one.name);
}

/** What stands against items, by key. */
export interface Judgement {
  /** Why it cannot be stored under its name. */
  problems: ReadonlyMap<number, string>;
  /** Secrets it sends that nobody has stored. */
  missing: ReadonlyMap<number, readonly string[]>;
}

/** Judge items as if the ticked ones came first; `known` are secrets as placeholders spell them. */
export function judge(
  items: readonly Item[],
  ticked: ReadonlySet<number>,
  taken: ReadonlySet<string>,
  known: readonly string[] = [],
): Judgement {
  const ordered = [
    ...items.filter((one) => ticked.has(one.key)),
    ...items.filter((one) => !ticked.has(one.key)),
  ];
  const names = new Set(known);
  const missing = new Map<number, string[]>();
  for (const item of items) {
    const absent = secretsOf(item).filter(
      (name) => !names.has(`secrets.${name}`) && !item.keeps?.includes(name),
    );
    if (absent.length > 0) missing.set(item.key, absent);
  }
  return { problems: nameProblems(ordered, taken), missing };
}

export interface Filter {
  words: string;
  /** A method, `reads`, `writes`, or empty for all. */
  method: string;
  /** `selected`, `notes`, or empty for all. */
  show: string;
}

export function fits(
  item: Item,
  { words, method, show }: Filter,
  { problems, missing }: Judgement,
  ticked: ReadonlySet<number>,
): boolean {
  if (show === "selected" && !ticked.has(item.key)) return false;
  const noted = item.warnings.length > 0 || problems.has(item.key) || missing.has(item.key);
  if (show === "notes" && !noted) return false;
  return isOfMethod(item, method) && says(item, words);
}

function isOfMethod(item: Item, method: string): boolean {
  if (method === "reads") return !isWriting(item);
  if (method === "writes") return isWriting(item);
  return !method || methodOf(item) === method;
}

function says(item: Item, words: string): boolean {
  const { name, description } = item.definition;
  const told = `${name.replaceAll("_", " ")} ${name} ${description} ${item.source} ${pathOf(item)}`;
  const text = told.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const FEW = 20;

/** What is ticked at first: all of a few, none of many. */
export function selectedAtFirst(items: readonly Item[]): ReadonlySet<number> {
  return new Set(items.length > FEW ? [] : items.map((one) => one.key));
}
