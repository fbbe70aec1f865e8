/** Calls of client actions: claimed on the server, made by the page, answered to the server. */

import type { JsonObject, ToFrame } from "../loader/protocol.ts";
import { tellPage } from "./bridge.ts";
import { asJson, withoutPrototypes } from "./json.ts";
import { ask, Refusal, request } from "./net.ts";
import { present } from "./state.ts";

type Done = Extract<ToFrame, { type: "client_done" }>;

/** What the server tells whoever claims a call first. */
interface Started {
  callId: string;
  script: string;
  integrity: string;
  arguments: JsonObject;
  returns: boolean;
  timeoutS: number;
}

const seen = new Set<string>();
const underWay = new Map<string, string>();

/** Claim the call and let the page make it; another tab may have been faster. */
export async function startCall(told: unknown): Promise<void> {
  const { callId } = (told ?? {}) as { callId?: unknown };
  const conversation = present.id;
  if (typeof callId !== "string" || !conversation || seen.has(callId)) return;
  seen.add(callId);
  try {
    const started = (await ask("POST", `${pathOf(conversation, callId)}/start`, {})) as unknown;
    const { script, integrity, arguments: args, returns, timeoutS } = started as Started;
    underWay.set(callId, conversation);
    const given = { script, integrity, args: withoutPrototypes(args), returns, timeoutS };
    tellPage({ type: "client_run", callId, ...given });
  } catch (fault) {
    // Not claimed, so it may be told and tried again; a refusal says that somebody else has it.
    if (!(fault instanceof Refusal) || fault.status === 0) seen.delete(callId);
  }
}

/** Hand on what the page's script came to. */
export async function finishCall({ callId, ok, result, error }: Done): Promise<void> {
  const conversation = underWay.get(callId);
  if (!conversation) return;
  underWay.delete(callId);
  const body = ok ? outcome(result) : { ok: false, error: error || "It failed." };
  await request("POST", `${pathOf(conversation, callId)}/finish`, { body }).catch(() => {
    // The server gives up on it by itself.
  });
}

function outcome(result: unknown): object {
  try {
    return { ok: true, result: asJson(result) };
  } catch (fault) {
    return { ok: false, error: fault instanceof Error ? fault.message : String(fault) };
  }
}

function pathOf(conversation: string, callId: string): string {
  const [of, call] = [conversation, callId].map(encodeURIComponent);
  return `/api/conversations/${of}/client-calls/${call}`;
}
