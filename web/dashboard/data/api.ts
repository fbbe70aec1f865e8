/** Typed requests to the REST API: `await api.get("/api/keys")`. */
import type { Answer, Given, InPath, InQuery, Method, PathsOf, Schemas } from "#protocol";

export type Problem = Schemas["Detail"];

/** A refusal, in the server's words; `status` 0 means that nothing answered. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** Which fields it is about, where it is about fields. */
  readonly details: readonly Problem[];

  constructor(status: number, code: string, message: string, details: readonly Problem[] = []) {
    super(message);
    this.name = "ApiError";
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** Anything that was thrown, as something that can be shown. */
export function asApiError(fault: unknown): ApiError {
  if (fault instanceof ApiError) return fault;
  return new ApiError(0, "unexpected", fault instanceof Error ? fault.message : String(fault));
}

type Wanted<Name extends string, Type> = Type extends undefined
  ? { [K in Name]?: undefined }
  : { [K in Name]: Type };

export type Options<P extends PathsOf<M>, M extends Method> = Wanted<"path", InPath<P, M>> & {
  query?: InQuery<P, M> | undefined;
  signal?: AbortSignal | undefined;
  /** The ETag this edit started from: 412 if somebody else was faster. */
  ifMatch?: string | undefined;
};

type Rest<P extends PathsOf<M>, M extends Method> =
  InPath<P, M> extends undefined ? [options?: Options<P, M>] : [options: Options<P, M>];

interface Asked {
  path?: Record<string, string | number> | undefined;
  query?: object | undefined;
  signal?: AbortSignal | undefined;
  ifMatch?: string | undefined;
  /** The last event of a stream that goes on. */
  after?: string | undefined;
  body?: unknown;
}

/** Fill in a path's names and the query; values are always escaped. */
export function addressOf(path: string, { path: names = {}, query = {} }: Asked): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(names[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.append(name, String(value));
  }
  return search.size ? `${filled}?${search}` : filled;
}

let ended: () => void = () => {};

/** Called whenever the server no longer knows us. */
export function onSignedOut(callback: () => void): void {
  ended = callback;
}

/** Send a request and return the response if it is a success. */
export async function send(method: Method, path: string, asked: Asked = {}): Promise<Response> {
  const headers: Record<string, string> = {};
  if (asked.body !== undefined) headers["content-type"] = "application/json";
  if (asked.ifMatch) headers["if-match"] = asked.ifMatch;
  if (asked.after) headers["last-event-id"] = asked.after;
  const response = await fetch(addressOf(path, asked), {
    method: method.toUpperCase(),
    headers,
    body: bodyOf(asked),
    signal: asked.signal ?? null,
  }).catch((fault: unknown) => {
    if (asked.signal?.aborted) throw fault;
    throw new ApiError(0, "unreachable", "Deftly does not answer; is the server running?");
  });
  if (response.ok) return response;
  const refused = await refusal(response);
  if (refused.status === 401 && path !== "/api/session") ended();
  throw refused;
}

/** A blob is JSON already: large ones are written elsewhere. */
function bodyOf({ body }: Asked): Blob | string | null {
  if (body instanceof Blob) return body;
  return body === undefined ? null : JSON.stringify(body);
}

async function refusal(response: Response): Promise<ApiError> {
  const { status } = response;
  try {
    const told = (await response.json()) as Schemas["Error"];
    if (typeof told.error !== "string") throw new TypeError("no refusal of ours");
    return new ApiError(status, told.code, told.error, told.details ?? []);
  } catch {
    return new ApiError(status, "unexpected", `Deftly answered with HTTP ${status}.`);
  }
}

async function read<Body>(response: Promise<Response>): Promise<Body> {
  return (await (await response).json()) as Body;
}

export const api = {
  get: <P extends PathsOf<"get">>(path: P, ...[options]: Rest<P, "get">) =>
    read<Answer<P, "get">>(send("get", path, options as Asked)),

  /** The answer together with its ETag, for an edit with `ifMatch` later. */
  async tagged<P extends PathsOf<"get">>(path: P, ...[options]: Rest<P, "get">) {
    const response = await send("get", path, options as Asked);
    const etag = response.headers.get("etag") ?? undefined;
    return { etag, body: (await response.json()) as Answer<P, "get"> };
  },

  post: <P extends PathsOf<"post">>(
    path: P,
    body: Given<P, "post">,
    ...[options]: Rest<P, "post">
  ) => read<Answer<P, "post">>(send("post", path, { ...(options as Asked), body })),

  put: <P extends PathsOf<"put">>(path: P, body: Given<P, "put">, ...[options]: Rest<P, "put">) =>
    read<Answer<P, "put">>(send("put", path, { ...(options as Asked), body })),

  delete: <P extends PathsOf<"delete">>(path: P, ...[options]: Rest<P, "delete">) =>
    read<Answer<P, "delete">>(send("delete", path, options as Asked)),
};
