/** An action as it is being typed, and as the server takes it. */
import type { Schemas } from "#protocol";
import { ApiError } from "../../data/api.ts";
import { indented, parsed, sameJson } from "../../data/json.ts";
import { carriedBy, handlerOf, number, shapeOf } from "./handler.ts";
import { type Input, inputsInSchema, schemaOf } from "./inputs.ts";
import { KINDS, type Shape } from "./kinds.ts";
import { schemaFault } from "./schema.ts";

export { indented };

export type Action = Schemas["Action"];
export type Definition = Schemas["ActionDraft"];
export type Example = Schemas["Example"];

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
  kind: Shape;
  method: string;
  url: string;
  headers: readonly Header[];
  body: string;
  resultPath: string;
  omitMissing: boolean;
  /** JavaScript, or a shell's command. */
  code: string;
  /** Inputs of a command whose values may begin with `-` or `@`. */
  allowOptions: readonly string[];
  returns: boolean;
  timeout: string;
  /** Members of the handler that the form does not show. */
  kept: Readonly<Record<string, unknown>>;
  /** The widget's name. */
  widget: string;
  inputs: readonly Input[];
  /** The text of a JSON Schema that says more than a table can; undefined: the table counts. */
  schema: string | undefined;
  examples: readonly Example[];
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
  omitMissing: false,
  code: "",
  allowOptions: [],
  returns: false,
  timeout: String(KINDS.http.timeout?.usual),
  kept: {},
  widget: "",
  inputs: [],
  schema: undefined,
  examples: [],
  mode: "confirm",
  acknowledged: false,
  callsPerMinute: "",
  enabled: true,
};

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
    ...carriedBy(action.handler),
    kind: shapeOf(action),
    widget: action.widget ?? "",
    inputs,
    schema: sameJson(schemaOf(inputs), action.inputSchema)
      ? undefined
      : indented(action.inputSchema),
    examples: action.examples ?? [],
    mode: action.executionMode ?? "confirm",
    acknowledged: action.acknowledgeWrites ?? false,
    callsPerMinute: String(action.limits?.callsPerMinute ?? ""),
    enabled: action.enabled ?? true,
  };
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
    handler: handlerOf(draft, stored?.handler),
    ...(hasWidget(draft.kind) && draft.widget.trim() ? { widget: draft.widget.trim() } : {}),
    executionMode: draft.mode,
    acknowledgeWrites: draft.acknowledged,
    limits: { callsPerMinute: draft.callsPerMinute.trim() ? number(draft.callsPerMinute) : null },
    ...(stored || draft.examples.length ? { examples: [...draft.examples] } : {}),
    enabled: draft.enabled,
    ...inputsOf(draft),
  };
}

export function hasWidget(shape: Shape): boolean {
  return shape === "httpWidget" || shape === "widget";
}

function inputsOf({ schema, inputs }: Draft): Partial<Definition> {
  if (schema === undefined) return { parameters: inputs.map((one) => ({ ...one })) };
  if (inputsInSchema(schema) === undefined) {
    const message = schemaFault(schema) ?? "This is not a JSON object yet.";
    throw new ApiError(400, "invalid", message, [{ path: "inputSchema", message }]);
  }
  return { inputSchema: parsed(schema) as Definition["inputSchema"] & object };
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
): { draft: Draft; clashes: (keyof Draft)[] } {
  const clashes: (keyof Draft)[] = [];
  const pick = (key: keyof Draft) => {
    if (sameJson(mine[key], base[key])) return theirs[key];
    if (!sameJson(theirs[key], base[key]) && !sameJson(mine[key], theirs[key])) clashes.push(key);
    return mine[key];
  };
  const keys = Object.keys(EMPTY) as (keyof Draft)[];
  const entries = keys.map((key) => [key, pick(key)]);
  return { draft: Object.fromEntries(entries) as Draft, clashes };
}
