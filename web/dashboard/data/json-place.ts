/** Where in a JSON text something stands that a path names. */

export interface Span {
  from: number;
  to: number;
}

const SPACE = /\s*/y;
const STRING = /"(?:[^"\\]|\\.)*"/y;
const ATOM = /[^\s,[\]{}"]+/y;

/** The nearest place on the way there, at most the first line of it; the text has to be JSON. */
export function placeIn(text: string, path: readonly string[]): Span {
  const found = find(text, after(text, 0, SPACE), path);
  const line = text.indexOf("\n", found.from);
  return { from: found.from, to: line < 0 ? found.to : Math.min(found.to, line) };
}

function find(text: string, from: number, path: readonly string[]): Span {
  const [first, ...rest] = path;
  if (first === undefined) return { from, to: end(text, from) };
  for (const { name, key, value } of members(text, from)) {
    if (name !== first) continue;
    const found = find(text, value, rest);
    // A member that holds more is told by its name.
    return rest.length === 0 && key !== undefined ? { from: key, to: found.to } : found;
  }
  return { from, to: from + 1 };
}

interface Member {
  name: string;
  /** Where its name begins; an entry of a list has none. */
  key?: number;
  value: number;
}

function* members(text: string, from: number): Generator<Member> {
  const open = text[from];
  if (open !== "{" && open !== "[") return;
  let at = after(text, from + 1, SPACE);
  for (let index = 0; at < text.length && text[at] !== "}" && text[at] !== "]"; index += 1) {
    let member: Member = { name: String(index), value: at };
    if (open === "{") {
      const named = after(text, at, STRING);
      const name = JSON.parse(text.slice(at, named)) as string;
      member = { name, key: at, value: after(text, after(text, named, SPACE) + 1, SPACE) };
    }
    yield member;
    at = after(text, end(text, member.value), SPACE);
    if (text[at] === ",") at = after(text, at + 1, SPACE);
  }
}

/** Where the value that begins here ends. */
function end(text: string, from: number): number {
  if (text[from] === '"') return after(text, from, STRING);
  if (text[from] !== "{" && text[from] !== "[") return Math.max(from + 1, after(text, from, ATOM));
  let at = from + 1;
  for (const member of members(text, from)) at = end(text, member.value);
  return after(text, at, SPACE) + 1;
}

/** Where a piece that stands here ends. */
function after(text: string, from: number, piece: RegExp): number {
  piece.lastIndex = from;
  return piece.test(text) ? piece.lastIndex : from;
}
