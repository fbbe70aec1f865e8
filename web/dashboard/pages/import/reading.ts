/** What somebody pasted or dropped, made out: a document, an export, or cURL commands. */
import { ApiError } from "../../data/api.ts";

/** The value of a document or of an export is JSON, without white space. */
export type Source =
  | { kind: "openapi" | "actions"; value: Blob }
  | { kind: "curl"; commands: readonly string[] };

export const MIB = 1024 * 1024;
/** What the server takes at once, without what stands around it. */
const SENT_LIMIT_BYTES = 16 * MIB - 4 * 1024;
/** More than a browser should hold at once. */
export const FILE_LIMIT_BYTES = 64 * MIB;

/** A command may have a quarter of it; each is a request of its own. */
const COMMANDS_LIMIT_BYTES = MIB;

/** A size as people say it. */
export function size(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < MIB) return `${Math.round(bytes / 1024)} KiB`;
  return `${(bytes / MIB).toFixed(1).replace(/\.0$/, "")} MiB`;
}

/** Read a file.
 *
 * Throws an `ApiError` that names the file and says what is wrong with it.
 */
export async function sourceOfFile(file: File): Promise<Source> {
  if (file.size > FILE_LIMIT_BYTES) {
    const limit = size(FILE_LIMIT_BYTES);
    refuse(`${file.name} has ${size(file.size)}; ${limit} is the most. Keep the paths you need.`);
  }
  return sourceOfText(await file.text(), file.name);
}

export function sourceOfText(text: string, name: string): Source {
  const start = text.trimStart();
  if (!start) refuse(`${name} is empty.`);
  if (text.includes("\0")) refuse(`${name} is no text. Choose a file of JSON or YAML.`);
  if (start.startsWith("{") || start.startsWith("[")) return ofJson(start, name);
  if (isCurl(start) || start.startsWith("#!")) return ofCommands(text, name);
  if (/^["']?(?:openapi|swagger)["']?\s*:/m.test(text)) return valued("openapi", text, name);
  return refuse(`${name} is no OpenAPI document: it does not say “openapi: 3…” anywhere.`);
}

function ofJson(text: string, name: string): Source {
  const value = parsed(text, name);
  if (Array.isArray(value)) return valued("actions", value, name);
  const { actions, openapi, swagger } = value as Record<string, unknown>;
  if (Array.isArray(actions)) return valued("actions", actions, name);
  if (openapi !== undefined || swagger !== undefined) return valued("openapi", value, name);
  return refuse(
    `${name} is neither an OpenAPI document (it has no “openapi”) nor an export of actions.`,
  );
}

function valued(kind: "openapi" | "actions", value: unknown, name: string): Source {
  const written = new Blob([JSON.stringify(value)]);
  // A cut connection could not say why.
  if (written.size > SENT_LIMIT_BYTES) {
    refuse(
      `${name} has ${size(written.size)} as it is sent, without white space; ` +
        `16 MiB is the most. Keep the paths you need, or use the command ` +
        "line, which reads up to 64 MiB: deftly actions import FILE.",
    );
  }
  return { kind, value: written };
}

/** What the server takes of a source that is a value. */
export function requestOf(
  { kind, value }: Extract<Source, { value: Blob }>,
  baseUrl: string,
): Blob {
  const address = kind === "openapi" && baseUrl ? `,"baseUrl":${JSON.stringify(baseUrl)}` : "";
  return new Blob([`{"${kind}":`, value, address, "}"]);
}

export function ofCommands(text: string, name: string): Source {
  if (text.length > COMMANDS_LIMIT_BYTES) {
    refuse(`${name} has over ${size(COMMANDS_LIMIT_BYTES)} of commands; take fewer at once.`);
  }
  return { kind: "curl", commands: commandsIn(text) };
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (fault) {
    return refuse(`${name} is no valid JSON: ${(fault as Error).message}.`);
  }
}

function refuse(message: string): never {
  throw new ApiError(0, "unreadable", message);
}

const PROMPT = /^\s*(?:[$>%]\s+)?(?=curl(?:\.exe)?\s)/i;

function isCurl(line: string): boolean {
  return PROMPT.test(line);
}

/** Take several commands apart; lines in quotes and continued lines belong together. */
export function commandsIn(text: string): string[] {
  const found: string[][] = [[]];
  for (let at = 0; at < text.length; ) {
    const end = endOfLine(text, at);
    const line = text.slice(at, end);
    at = end;
    if (/^\s*(?:#|$)/.test(line)) continue;
    // What stands before the first goes with it: the server says what it thinks of it.
    if (isCurl(line) && found[0]?.some(isCurl)) found.push([]);
    found.at(-1)?.push(line.replace(PROMPT, ""));
  }
  return found.map((lines) => lines.join("").trim()).filter(Boolean);
}

const STEP = /\\\r?\n|[`^]\r?\n|\\[\s\S]|\$'|[^\\`^$'"\n]+|[\s\S]/y;
const REST: Readonly<Record<string, RegExp>> = {
  "'": /[^']*'/y,
  "$'": /[^'\\]*(?:\\[\s\S][^'\\]*)*'/y,
  '"': /[^"\\]*(?:\\[\s\S][^"\\]*)*"/y,
};

/** Where a shell's line ends: quotes may hold newlines, and a sign may take one back. */
function endOfLine(text: string, start: number): number {
  const comment = /[ \t]*#.*(?:\n|$)/y;
  comment.lastIndex = start;
  if (comment.test(text)) return comment.lastIndex;
  let at = start;
  while (at < text.length) {
    STEP.lastIndex = at;
    const step = STEP.exec(text)?.[0] ?? "";
    at += step.length;
    if (step === "\n") return at;
    const rest = REST[step];
    if (rest) {
      rest.lastIndex = at;
      at = rest.test(text) ? rest.lastIndex : text.length;
    }
  }
  return at;
}
