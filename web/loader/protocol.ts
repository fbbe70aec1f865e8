/** The messages between the loader on a host page and the frame with the chat.
 *
 * Neither believes the other: a message counts if its window, its exact origin, its version and
 * every field are as they should be, and what is not named here is not read.
 */

export const VERSION = 1;

/** Larger than anything either sends: what a script gives back is at most 20,000 characters. */
const CHARACTERS_MAX = 300_000;
const TEXT_MAX = 20_000;

type Check<T> = (value: unknown) => value is T;
type Fields = Record<string, Check<unknown>>;
type Table = Record<string, Fields>;

/** A message of a table: its type, and each field as its check leaves it. */
export type MessageOf<T extends Table> = {
  [K in keyof T]: { type: K } & {
    [F in keyof T[K]]: T[K][F] extends Check<infer Value> ? Value : never;
  };
}[keyof T];

export type JsonObject = { [name: string]: unknown };

const text = (value: unknown): value is string =>
  typeof value === "string" && value.length <= TEXT_MAX;
const flag = (value: unknown): value is boolean => typeof value === "boolean";
/** Of unread answers, and of seconds. */
const number = (value: unknown): value is number =>
  typeof value === "number" && value >= 0 && value <= 86_400;
const anything = (_value: unknown): _value is unknown => true;
const object = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const textOrNone = (value: unknown): value is string | undefined =>
  value === undefined || text(value);

/** What the loader tells the frame. */
export const TO_FRAME = {
  look: { look: object },
  session: { session: object, conversation: textOrNone },
  refused: { code: text, message: text },
  shown: { open: flag, full: flag },
  say: { text },
  reset: {},
  client_done: { callId: text, ok: flag, result: anything, error: textOrNone },
} satisfies Table;

/** What the frame tells the loader. */
export const TO_LOADER = {
  ready: {},
  renew: {},
  keep: { conversation: textOrNone },
  unread: { count: number },
  close: {},
  tell: { name: text, detail: object },
  client_run: {
    callId: text,
    script: text,
    integrity: text,
    args: object,
    returns: flag,
    timeoutS: number,
  },
} satisfies Table;

export type ToFrame = MessageOf<typeof TO_FRAME>;
export type ToLoader = MessageOf<typeof TO_LOADER>;

/** Who is heard: one window, as long as it shows a page of one origin. */
export interface Peer {
  source: unknown;
  origin: string;
}

/** The message in an event, or nothing if it is not the peer's or not whole. */
export function read<T extends Table>(
  event: Pick<MessageEvent, "source" | "origin" | "data">,
  table: T,
  { source, origin }: Peer,
): MessageOf<T> | undefined {
  if (!source || event.source !== source || event.origin !== origin) return undefined;
  const { data } = event as { data: unknown };
  if (!object(data) || data["deftly"] !== VERSION) return undefined;
  const type = data["type"];
  if (typeof type !== "string" || !Object.hasOwn(table, type) || isHuge(data)) return undefined;
  const made: JsonObject = { type };
  for (const [name, check] of Object.entries(table[type] as Fields)) {
    const value = Object.hasOwn(data, name) ? data[name] : undefined;
    if (!check(value)) return undefined;
    made[name] = value;
  }
  return made as MessageOf<T>;
}

/** Too long, or nothing that JSON could say. */
function isHuge(data: unknown): boolean {
  try {
    return JSON.stringify(data).length > CHARACTERS_MAX;
  } catch {
    return true;
  }
}

/** Send to that origin alone; whoever else shows a page in the window hears nothing. */
export function post(to: Window, origin: string, message: ToFrame | ToLoader): void {
  to.postMessage({ ...message, deftly: VERSION }, origin);
}
