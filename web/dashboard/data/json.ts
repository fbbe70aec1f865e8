/** JSON as people type it: read, compared, and what is wrong with it. */

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function indented(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** The value of a JSON text, or undefined if it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Equal whatever the order of keys. */
export function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

/** Why a text is no JSON object, in a sentence with the line; undefined if it is one. */
export function jsonFault(text: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (fault) {
    return `This is not JSON yet${placeOf(fault, text)}: look for a missing comma, quote or brace.`;
  }
  return isObject(value) ? undefined : "This is no JSON object: begin with { and end with }.";
}

/** Where a browser saw the fault; each has words of its own for it. */
function placeOf(fault: unknown, text: string): string {
  const said = fault instanceof Error ? fault.message : "";
  const line = said.match(/line (\d+)/)?.[1];
  if (line) return ` (line ${line})`;
  const position = said.match(/position (\d+)/)?.[1];
  if (position) return ` (line ${text.slice(0, Number(position)).split("\n").length})`;
  return /end of/i.test(said) ? " (it ends too early)" : "";
}
