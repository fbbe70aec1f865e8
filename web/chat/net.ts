/** Requests to Deftly as the visitor; a token that ends is asked for anew, once. */
import { signal } from "@preact/signals";
import type { JsonObject } from "../loader/protocol.ts";
import { tellPage } from "./bridge.ts";

export interface VisitorSession {
  token: string;
  expiresAt: string;
  visitorId: string;
  identified: boolean;
  agent: {
    name: string;
    title?: string | null;
    greeting?: string | null;
    suggestedQuestions?: readonly string[];
  };
}

export const session = signal<VisitorSession | undefined>(undefined);

/** A refusal in the server's words; `status` 0 means that nothing answered. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface Asked {
  body?: unknown;
  signal?: AbortSignal | undefined;
}

/** Asked for before it ends, so that no answer is late for it. */
const EARLY_MS = 30_000;
const RENEWAL_MS = 15_000;

export async function request(method: string, path: string, asked: Asked = {}): Promise<Response> {
  const { expiresAt = "" } = session.peek() ?? {};
  if (!(Date.parse(expiresAt) - Date.now() > EARLY_MS)) await renewed();
  const response = await send(method, path, asked);
  if (response.ok) return response;
  if (response.status !== 401) throw await refusalOf(response);
  await renewed();
  const again = await send(method, path, asked);
  if (!again.ok) throw await refusalOf(again);
  return again;
}

export async function ask(method: string, path: string, body?: object): Promise<JsonObject> {
  return (await request(method, path, { body })).json() as Promise<JsonObject>;
}

async function send(method: string, path: string, { body, signal }: Asked): Promise<Response> {
  const headers: Record<string, string> = {
    authorization: `Bearer ${session.peek()?.token}`,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  const given = body === undefined ? null : JSON.stringify(body);
  const init = { method, headers, body: given, signal: signal ?? null };
  return fetch(path, init).catch((fault: unknown) => {
    if (signal?.aborted) throw fault;
    throw new Refusal(0, "unreachable", "");
  });
}

async function refusalOf(response: Response): Promise<Refusal> {
  const told = (await response.json().catch(() => ({}))) as { error?: string; code?: string };
  const { error = `HTTP ${response.status}`, code = "unexpected" } = told;
  return new Refusal(response.status, code, error);
}

/** Let the page get another token: only it has the origin that the token is for. */
async function renewed(): Promise<void> {
  const before = session.peek();
  tellPage({ type: "renew" });
  await new Promise<void>((resolve, refuse) => {
    const late = () => refused(new Refusal(0, "unreachable", ""));
    const timer = setTimeout(late, RENEWAL_MS);
    const stop = session.subscribe((now) => {
      if (now && now !== before) done();
    });
    waiting.add(refused);
    function done() {
      clearTimeout(timer);
      waiting.delete(refused);
      stop();
      resolve();
    }
    function refused(fault: Refusal) {
      done();
      refuse(fault);
    }
  });
}

const waiting = new Set<(fault: Refusal) => void>();

/** The page could not get a token. */
export function noSession(code: string, message: string): void {
  const status = code === "unreachable" ? 0 : 403;
  for (const refuse of [...waiting]) refuse(new Refusal(status, code, message));
}
