/** An action as it is being typed, and as the server takes it. */
import type { Schemas } from "#protocol";
import { ApiError } from "../../data/api.ts";
import { type Input, inputsInSchema, parsed, sameJson, schemaOf } from "./inputs.ts";
import type { Kind } from "./kinds.ts";

export type Action = Schemas["Action"];
export type Definition = Schemas["ActionDraft"];
type HttpHandler = Schemas["HttpHandler"];

export interface Header {
  name: string;
  value: string;
}

/** Every member is compared and merged as a whole. */
export interface Draft {
  name: string;
  description: string;
  /** One a line. */
  similes: string;
  kind: Kind;
  method: string;
  url: string;
  headers: readonly Header[];
  body: string;
  resultPath: string;
  timeout: string;
  inputs: readonly Input[];
  /** The text of a JSON Schema that says more than a table can; undefined: the table counts. */
  schema: string | undefined;
  mode: "auto" | "confirm";
  acknowledged: boolean;
  callsPerMinute: string;
  enabled: boolean;
}

export const EMPTY: Draft = {
  name: "",
  description: "",
  similes: "",
  kind: "http",
  method: "GET",
  url: "",
  headers: [],
  body: "",
  resultPath: "",
  timeout: "15",
  inputs: [],
  schema: undefined,
  mode: "confirm",
  acknowledged: false,
  callsPerMinute: "",
  enabled: true,
};

export function indented(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

export function draftOf(action: Action): Draft {
  const inputs = (action.parameters ?? []).map(
    ({ name, type = "string", description = "", required = false }) => ({
      name,
      type,
      description,
      required,
    }),
  );
  return {
    ...EMPTY,
    name: action.name,
    description: action.description,
    similes: (action.similes ?? []).join("\n"),
    kind: action.handler.type,
    ...requestOf(action.handler),
    inputs,
    schema: sameJson(schemaOf(inputs), action.inputSchema)
      ? undefined
      : indented(action.inputSchema),
    mode: action.executionMode ?? "confirm",
    acknowledged: action.acknowledgeWrites ?? false,
    callsPerMinute: String(action.limits?.callsPerMinute ?? ""),
    enabled: action.enabled ?? true,
  };
}

function requestOf(handler: Action["handler"]): Partial<Draft> {
  if (!isHttp(handler)) return {};
  return {
    method: handler.method ?? "GET",
    url: handler.url,
    headers: Object.entries(handler.headers ?? {}).map(([name, value]) => ({ name, value })),
    body: bodyText(handler),
    resultPath: handler.resultPath ?? "",
    timeout: String(handler.timeoutS ?? EMPTY.timeout),
  };
}

function isHttp(handler: Action["handler"]): handler is HttpHandler {
  return handler.type === "http";
}

function bodyText({ body, bodyTemplate }: HttpHandler): string {
  const given = bodyTemplate ?? body;
  if (given === undefined || given === null) return "";
  return typeof given === "string" ? given : indented(given);
}

/** What the draft says, in full.
 *
 * Throws an `ApiError` for what cannot be sent at all: a schema that is no JSON.
 */
export function definitionOf(draft: Draft, stored?: Action): Definition {
  return {
    name: draft.name,
    description: draft.description,
    similes: draft.similes
      .split("\n")
      .map((one) => one.trim())
      .filter(Boolean),
    handler: handlerOf(draft, stored),
    executionMode: draft.mode,
    acknowledgeWrites: draft.acknowledged,
    limits: { callsPerMinute: draft.callsPerMinute.trim() ? number(draft.callsPerMinute) : null },
    enabled: draft.enabled,
    ...inputsOf(draft),
  };
}

function inputsOf({ schema, inputs }: Draft): Partial<Definition> {
  if (schema === undefined) return { parameters: inputs.map((one) => ({ ...one })) };
  if (inputsInSchema(schema) === undefined) {
    const message = "This is not a JSON object yet; look for a missing comma, quote or brace.";
    throw new ApiError(400, "invalid", message, [{ path: "inputSchema", message }]);
  }
  return { inputSchema: parsed(schema) as Definition["inputSchema"] & object };
}

function handlerOf(draft: Draft, stored?: Action): Definition["handler"] {
  if (draft.kind !== "http" && stored) return stored.handler;
  const before = stored && isHttp(stored.handler) ? stored.handler : undefined;
  const { body, bodyTemplate, resultPath, ...kept } = before ?? { type: "http" as const };
  const rest = Object.entries(kept).filter(([, value]) => value !== null);
  const unchanged = before !== undefined && bodyText(before) === draft.body;
  const content = unchanged ? { body, bodyTemplate } : { body: contentOf(draft.body) };
  const optional = { ...content, resultPath: draft.resultPath.trim() || null };
  return {
    ...Object.fromEntries(rest),
    type: "http",
    method: draft.method,
    url: draft.url,
    headers: Object.fromEntries(
      draft.headers
        .filter(({ name }) => name.trim())
        .map(({ name, value }) => [name.trim(), value]),
    ),
    timeoutS: number(draft.timeout),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value != null)),
  } as HttpHandler;
}

/** JSON goes as JSON, so that placeholders keep their type; all else is a text. */
function contentOf(text: string): unknown {
  if (!text.trim()) return null;
  const value = parsed(text);
  return typeof value === "object" && value !== null ? value : text;
}

/** What is no number goes as it is, so that the refusal comes from the server and to its field. */
function number(text: string): number {
  const value = Number(text);
  return text.trim() && Number.isFinite(value) ? value : (text as unknown as number);
}

/** What to send of an edit: the members that differ. */
export function patchOf(draft: Draft, stored: Action): Schemas["ActionPatch"] {
  const now = definitionOf(draft, stored);
  const before = definitionOf(draftOf(stored), stored);
  const changed = Object.entries(now).filter(
    ([key, value]) => !sameJson(value, before[key as keyof Definition]),
  );
  return Object.fromEntries(changed);
}

/** What both changed differently, and the rest brought together. */
export function merge(
  base: Draft,
  mine: Draft,
  theirs: Draft,
): { draft: Draft; clashes: string[] } {
  const clashes: string[] = [];
  const pick = (key: keyof Draft) => {
    if (sameJson(mine[key], base[key])) return theirs[key];
    if (!sameJson(theirs[key], base[key]) && !sameJson(mine[key], theirs[key])) clashes.push(key);
    return mine[key];
  };
  const keys = Object.keys(EMPTY) as (keyof Draft)[];
  const entries = keys.map((key) => [key, pick(key)]);
  return { draft: Object.fromEntries(entries) as Draft, clashes };
}
