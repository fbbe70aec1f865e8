/** What a script of the owner may give back: JSON, and nothing that only looks like it. */

const DEPTH_MAX = 50;
const CHARACTERS_MAX = 20_000;

/** The value as JSON holds it.
 *
 * Throws a sentence for the owner: a node of the page, a function or a promise within would
 * silently become `{}`.
 */
export function asJson(value: unknown): unknown {
  const text = JSON.stringify(plain(value, "The result", 0));
  if (text.length > CHARACTERS_MAX)
    throw new TypeError(`The result is over ${CHARACTERS_MAX} characters; return less.`);
  return JSON.parse(text);
}

function plain(value: unknown, where: string, depth: number): unknown {
  if (depth > DEPTH_MAX) throw new TypeError(`${where} is nested too deep, or holds itself.`);
  if (value === undefined) return null;
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((one, at) => plain(one, `${where}[${at}]`, depth + 1));
  if (typeof value !== "object" || !isPlain(value))
    throw new TypeError(`${where} is ${kindOf(value)}, which is not JSON; return plain values.`);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, one]) => one !== undefined && name !== "__proto__")
      .map(([name, one]) => [name, plain(one, `${where}.${name}`, depth + 1)]),
  );
}

/** An object of whichever window, but of no class. */
function isPlain(value: object): boolean {
  const above = Object.getPrototypeOf(value);
  return above === null || Object.getPrototypeOf(above) === null;
}

function kindOf(value: unknown): string {
  if (typeof value !== "object") return `a ${typeof value}`;
  return `a ${Object.prototype.toString.call(value).slice(8, -1)}`;
}

/** A copy without `__proto__`, which would change what a script copies it into. */
export function withoutPrototypes<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (name, one) =>
    name === "__proto__" ? undefined : one,
  ) as T;
}
