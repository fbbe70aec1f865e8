/** What an agent gathers: the table's rows, the schema they stand for, and samples of them. */
import type { Schemas } from "#protocol";
import { isObject, parsed } from "../../data/json.ts";

export const TYPES = ["string", "number", "integer", "boolean", "array", "object"] as const;
export type InputType = (typeof TYPES)[number];

export interface Input {
  name: string;
  type: InputType;
  description: string;
  required: boolean;
  /** Values it is limited to, where a schema says so. */
  choices?: readonly string[];
}

type Json = Schemas["JsonValue"];
type JsonObject = Record<string, unknown>;

/** The schema the server makes of a table. */
export function schemaOf(inputs: readonly Input[]): JsonObject {
  const properties = Object.fromEntries(
    inputs.map(({ name, type, description }) => [
      name,
      description ? { type, description } : { type },
    ]),
  );
  const required = inputs.filter((one) => one.required).map((one) => one.name);
  return { type: "object", properties, ...(required.length ? { required } : {}) };
}

/** The top-level members of a schema; undefined if the text is no JSON object. */
export function inputsInSchema(text: string): Input[] | undefined {
  const schema = parsed(text);
  if (!isObject(schema)) return undefined;
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(properties).map(([name, given]) => {
    const member = isObject(given) ? given : {};
    const type = TYPES.find((one) => one === member["type"]) ?? "string";
    const description = typeof member["description"] === "string" ? member["description"] : "";
    const choices = Array.isArray(member["enum"]) ? { choices: member["enum"].map(String) } : {};
    return { name, type, description, required: required.includes(name), ...choices };
  });
}

/** Arguments out of what was typed; what does not fit goes as text, so that the server says so. */
export function argumentsOf(
  inputs: readonly Input[],
  typed: Readonly<Record<string, string>>,
): Record<string, Json> {
  const given = inputs.filter(({ name }) => (typed[name] ?? "") !== "");
  return Object.fromEntries(given.map((one) => [one.name, sampleOf(one, typed[one.name] ?? "")]));
}

function sampleOf({ type }: Input, text: string): Json {
  if (type === "string") return text;
  const value = parsed(text.trim());
  return (value === undefined ? text : value) as Json;
}

/** Arguments as they would be typed: the other way round. */
export function typedOf(params: Readonly<Record<string, unknown>>): Record<string, string> {
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, text(value)]));
}
