/** A card made ready for drawing: what the renderer must not be given is taken out of a copy. */

export interface CardWords {
  /** Stands at an input without a message of its own when it is not filled in as it should be. */
  invalid: string;
}

export type Json = null | boolean | number | string | readonly Json[] | { [name: string]: Json };

// The server lets nothing deeper through; a preview of what is being written may be anything.
const DEPTH_MAX = 60;
const CHECKED = ["isRequired", "regex", "min", "max"] as const;

export function prepared(card: unknown, words: CardWords): Record<string, Json> {
  const made = copied(card, words, 0);
  return isObject(made) ? { ...made, type: "AdaptiveCard" } : { type: "AdaptiveCard" };
}

/** Whether a card may lead there: pages of the web alone, never a script. */
export function isWebAddress(address: unknown): address is string {
  if (typeof address !== "string" || !URL.canParse(address)) return false;
  return ["http:", "https:"].includes(new URL(address).protocol);
}

function copied(value: unknown, words: CardWords, depth: number): Json {
  if (depth > DEPTH_MAX) return null;
  if (Array.isArray(value)) return value.map((one) => copied(one, words, depth + 1));
  if (!isObject(value)) return isLeaf(value) ? value : null;
  const made: { [name: string]: Json } = {};
  for (const [name, one] of Object.entries(value)) {
    if (name !== "__proto__") made[name] = copied(one, words, depth + 1);
  }
  return asInput(made, words);
}

function asInput(made: { [name: string]: Json }, words: CardWords): Json {
  if (typeof made["type"] !== "string" || !made["type"].startsWith("Input.")) return made;
  // The package's filtered list puts what the person types into the page as HTML.
  if (made["style"] === "filtered") delete made["style"];
  const checked = CHECKED.some((name) => made[name] !== undefined && made[name] !== false);
  if (checked && !made["errorMessage"]) made["errorMessage"] = words.invalid;
  return made;
}

function isObject(value: unknown): value is { [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isLeaf(value: unknown): value is null | boolean | number | string {
  return value === null || ["boolean", "number", "string"].includes(typeof value);
}
