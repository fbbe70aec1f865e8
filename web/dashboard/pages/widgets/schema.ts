/** A JSON Schema made of an example. */
import { indented, isObject } from "../../data/json.ts";

/** The schema's text; undefined for what is no object, or has nothing in it. */
export function schemaFor(example: unknown): string | undefined {
  return isObject(example) && Object.keys(example).length > 0
    ? indented(schemaOf(example))
    : undefined;
}

function schemaOf(value: unknown): object {
  if (Array.isArray(value))
    return value.length > 0 ? { type: "array", items: schemaOf(value[0]) } : { type: "array" };
  if (isObject(value)) {
    const members = Object.entries(value).map(([name, one]) => [name, schemaOf(one)]);
    return {
      type: "object",
      properties: Object.fromEntries(members),
      required: Object.keys(value),
    };
  }
  // One whole number does not say that all are whole.
  return value === null ? {} : { type: typeof value };
}
