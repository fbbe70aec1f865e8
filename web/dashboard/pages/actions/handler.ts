/** The part of a draft that says how the action is carried out, to and from what is stored. */

import { indented, parsed } from "../../data/json.ts";
import type { Action, Definition, Draft, Header } from "./draft.ts";
import { KINDS, type Shape } from "./kinds.ts";

type Handler = Action["handler"];
type HttpHandler = Extract<Handler, { type: "http" }>;

/** What the form shows of a handler, whichever kind it is. */
export type Carried = Pick<
  Draft,
  | "kind"
  | "method"
  | "url"
  | "headers"
  | "body"
  | "resultPath"
  | "omitMissing"
  | "code"
  | "allowOptions"
  | "returns"
  | "timeout"
  | "kept"
>;

const SHOWN: ReadonlySet<string> = new Set([
  ...["type", "method", "url", "headers", "body", "bodyTemplate", "resultPath", "omitMissing"],
  ...["code", "command", "allowOptions", "returns", "timeoutS"],
]);

export function shapeOf({ handler, widget }: Pick<Action, "handler" | "widget">): Shape {
  return handler.type === "http" && widget ? "httpWidget" : handler.type;
}

/** The members of a draft that a handler fills. */
export function carriedBy(handler: Handler): Partial<Carried> {
  const given = "timeoutS" in handler ? handler.timeoutS : undefined;
  const timeout = String(given ?? KINDS[handler.type].timeout?.usual ?? "");
  const kept = Object.fromEntries(
    Object.entries(handler).filter(([key, value]) => value !== null && !SHOWN.has(key)),
  );
  return { timeout, kept, ...programOf(handler) };
}

function programOf(handler: Handler): Partial<Carried> {
  switch (handler.type) {
    case "http":
      return requestOf(handler);
    case "code":
      return { code: handler.code };
    case "client":
      return { code: handler.code, returns: handler.returns ?? false };
    case "shell":
      return { code: handler.command, allowOptions: handler.allowOptions ?? [] };
    case "widget":
      return {};
  }
}

function requestOf(handler: HttpHandler): Partial<Carried> {
  return {
    method: handler.method ?? "GET",
    url: handler.url,
    headers: Object.entries(handler.headers ?? {}).map(([name, value]) => ({ name, value })),
    body: bodyText(handler),
    resultPath: handler.resultPath ?? "",
    omitMissing: handler.omitMissing ?? false,
  };
}

function bodyText({ body, bodyTemplate }: HttpHandler): string {
  const given = bodyTemplate ?? body;
  if (given === undefined || given === null) return "";
  return typeof given === "string" ? given : indented(given);
}

/** The handler a draft describes; what the form does not show stays as it was stored. */
export function handlerOf(draft: Draft, stored?: Handler): Definition["handler"] {
  const common = { ...draft.kept, ...timeoutOf(draft) };
  switch (draft.kind) {
    case "http":
    case "httpWidget":
      return { ...common, ...httpOf(draft, stored) } as HttpHandler;
    case "code":
      return { ...common, type: "code", code: draft.code } as Definition["handler"];
    case "client":
      return {
        ...common,
        type: "client",
        code: draft.code,
        ...(draft.returns ? { returns: true } : {}),
      } as Definition["handler"];
    case "shell":
      return {
        ...common,
        type: "shell",
        command: draft.code,
        ...(draft.allowOptions.length ? { allowOptions: [...draft.allowOptions] } : {}),
      } as Definition["handler"];
    case "widget":
      return { ...draft.kept, type: "widget" };
  }
}

function timeoutOf({ timeout }: Draft): object {
  return timeout.trim() ? { timeoutS: number(timeout) } : {};
}

function httpOf(draft: Draft, stored?: Handler): object {
  const before = stored?.type === "http" ? stored : undefined;
  const unchanged = before !== undefined && bodyText(before) === draft.body;
  const content = unchanged
    ? { body: before.body, bodyTemplate: before.bodyTemplate }
    : { body: contentOf(draft.body) };
  const optional = { ...content, resultPath: draft.resultPath.trim() || null };
  return {
    type: "http",
    method: draft.method,
    url: draft.url,
    headers: headersOf(draft.headers),
    ...(draft.omitMissing ? { omitMissing: true } : {}),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value != null)),
  };
}

function headersOf(headers: readonly Header[]): Record<string, string> {
  const named = headers.filter(({ name }) => name.trim());
  return Object.fromEntries(named.map(({ name, value }) => [name.trim(), value]));
}

/** JSON goes as JSON, so that placeholders keep their type; all else is a text. */
function contentOf(text: string): unknown {
  if (!text.trim()) return null;
  const value = parsed(text);
  return typeof value === "object" && value !== null ? value : text;
}

/** What is no number goes as it is, so that the refusal comes from the server and to its field. */
export function number(text: string): number {
  const value = Number(text);
  return text.trim() && Number.isFinite(value) ? value : (text as unknown as number);
}
