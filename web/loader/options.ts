/** What the script tag says: `data-…` attributes, read once. */

export type Side = "left" | "right";
export type Texts = Record<string, string>;

export interface Options {
  server: string;
  /** The attributes as they stand, in camel case. */
  said: Partial<Record<string, string>>;
  strings: Texts;
  /** What the page tells of itself now. */
  page: () => Record<string, unknown>;
}

export function readOptions({ src, dataset }: Pick<HTMLScriptElement, "src" | "dataset">): Options {
  return {
    server: new URL(src).origin,
    said: { ...dataset },
    strings: textsOf(objectOf(dataset, "strings")),
    page: () => objectOf(dataset, "page"),
  };
}

/** The language to speak: the tag's, the agent's, the page's, the browser's. */
export function languageOf({ said }: Options, ofAgent: unknown): string {
  return String(said["language"] || ofAgent || document.documentElement.lang || navigator.language);
}

/** Texts alone, under their names. */
export function textsOf(given: unknown): Texts {
  const found = Object.entries(given ?? {}).filter((one) => typeof one[1] === "string");
  return Object.fromEntries(found);
}

function objectOf(dataset: DOMStringMap, name: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(dataset[name] ?? "{}"));
  } catch {
    reportError(new TypeError(`data-${name} must be a JSON object.`));
    return {};
  }
}
