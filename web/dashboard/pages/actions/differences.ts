/** What differs between two definitions, member by member. */

export interface Difference {
  path: string;
  before: string | undefined;
  after: string | undefined;
}

const IDENTITY = new Set(["id", "version", "createdAt", "updatedAt", "parameters"]);

/** Places whose text differs, in the order of the newer one. */
export function differences(before: object, after: object): Difference[] {
  const old = flat(before);
  const now = flat(after);
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((path) => ({ path, before: old.get(path), after: now.get(path) }))
    .filter((one) => one.before !== one.after);
}

function flat(definition: object): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null) {
      if (value !== null) found.set(path, String(value));
      return;
    }
    for (const [key, member] of Object.entries(value)) {
      const where = Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
      walk(member, where);
    }
  };
  for (const [key, value] of Object.entries(definition)) if (!IDENTITY.has(key)) walk(value, key);
  return found;
}
