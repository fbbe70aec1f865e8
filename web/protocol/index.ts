/** The REST API's types: what routes take and give, under the names pages use. */
import type { components, paths } from "./schema.ts";

export type { paths } from "./schema.ts";
export type Schemas = components["schemas"];

export type Method = "get" | "post" | "put" | "delete";

/** Paths that answer to a method. */
export type PathsOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends { [K in M]: object } ? P : never;
}[keyof paths];

type Operation<P extends keyof paths, M extends Method> = paths[P] extends { [K in M]: infer O }
  ? O
  : never;

/** What a route answers with when all goes well. */
export type Answer<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { responses: { 200: { content: { "application/json": infer Body } } } }
    ? Body
    : unknown;

/** The object a route takes. */
export type Given<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { requestBody?: { content: { "application/json": infer Body } } }
    ? Body
    : undefined;

/** The names in a path that stand for something. */
export type InPath<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { parameters: { path: infer Names } } ? Names : undefined;

/** What may stand behind the question mark. */
export type InQuery<P extends keyof paths, M extends Method> =
  Operation<P, M> extends { parameters: { query?: infer Names } } ? Names : undefined;

export type ApiKey = Schemas["ApiKey"];
export type Scope = Schemas["Scope"];
export type Caller = Schemas["Caller"];
export type Role = Schemas["Role"];
export type User = Schemas["User"];

/** What happens on the server, as `/api/events` tells it. */
export type EventKind =
  | "action.changed"
  | "action.deleted"
  | "agent.changed"
  | "agent.deleted"
  | "widget.changed"
  | "widget.deleted"
  | "run.started"
  | "run.changed"
  | "secret.changed"
  | "key.changed"
  | "user.changed"
  | "conversation.changed"
  | "conversation.answered";

export interface ServerEvent {
  seq: number;
  at: string;
  kind: EventKind;
  subject: string;
  data: Record<string, unknown>;
}
