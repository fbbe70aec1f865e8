/** What is wrong with the text of a JSON Schema already, before anybody asks the server. */
import { isObject, jsonFault } from "../../data/json.ts";
import { TYPES } from "./inputs.ts";

const KNOWN: ReadonlySet<unknown> = new Set([...TYPES, "null"]);

/** The first fault of the text in a sentence, with its line; undefined if there is none to see. */
export function schemaFault(text: string): string | undefined {
  if (!text.trim()) return 'Write a schema, such as {"type": "object", "properties": {}}.';
  const fault = jsonFault(text);
  if (fault) return fault;
  const schema = JSON.parse(text) as Record<string, unknown>;
  if (schema["type"] !== undefined && schema["type"] !== "object")
    return 'type must be "object" at the top: arguments have names.';
  return propertiesFault(schema);
}

function propertiesFault({ properties, required }: Record<string, unknown>): string | undefined {
  if (properties !== undefined && !isObject(properties))
    return "properties must be an object: a name and a schema for each input.";
  for (const [name, member] of Object.entries(properties ?? {})) {
    const fault = memberFault(name, member);
    if (fault) return fault;
  }
  if (required === undefined) return undefined;
  if (!Array.isArray(required)) return "required must be a list of names.";
  const missing = required.find((name) => !Object.hasOwn(properties ?? {}, String(name)));
  return missing === undefined ? undefined : `required names ${missing}, which is no property.`;
}

function memberFault(name: string, member: unknown): string | undefined {
  if (!isObject(member)) return `properties.${name} must be an object, such as {"type": "string"}.`;
  const types = [member["type"] ?? []].flat();
  const strange = types.find((one) => !KNOWN.has(one));
  return strange === undefined
    ? undefined
    : `properties.${name}.type is ${JSON.stringify(strange)}; known are ${TYPES.join(", ")}.`;
}
