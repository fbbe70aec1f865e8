/** Calls of client actions: claimed by this tab, and run in the sandbox instead of a page. */
import type { Answer, Given } from "#protocol";
import { ApiError, api } from "../../data/api.ts";
import { type Ended, type Line, runInSandbox } from "../../data/sandbox.ts";
import { conversationId, sandboxed } from "./state.ts";

const CALL = "/api/conversations/{conversation_id}/client-calls/{call_id}";
/** The custom event that tells of a call that waits for a browser. */
export const CLIENT_CALL = "deftly.client_action";

type Started = Answer<`${typeof CALL}/start`, "post">;

export interface Sandboxed {
  tool: string;
  lines: readonly Line[];
  /** Not there while it runs. */
  ended?: Ended | undefined;
}

const seen = new Set<string>();

/** Make the call if nobody else has begun it; what becomes of it is told in the trace. */
export async function startCall(told: unknown): Promise<void> {
  const { callId } = (told ?? {}) as { callId?: unknown };
  const conversation = conversationId.peek();
  if (typeof callId !== "string" || !conversation || seen.has(callId)) return;
  seen.add(callId);
  const path = { conversation_id: conversation, call_id: callId };
  try {
    const started = await api.post(`${CALL}/start`, undefined, { path });
    const ended = await made(started);
    note(callId, { ended });
    await finish(path, ended);
  } catch (fault) {
    // A refusal says that another tab has it, or that it is over; without one it is told again.
    if (!(fault instanceof ApiError) || fault.status === 0) seen.delete(callId);
  }
}

async function made(call: Started): Promise<Ended> {
  const { callId, tool, sha256, integrity, timeoutS } = call;
  note(callId, { tool });
  try {
    // The browser checks that it is the code that was promised.
    const delivered = await fetch(call.script, { integrity });
    if (!delivered.ok) throw new Error(`The code could not be fetched: HTTP ${delivered.status}.`);
    const run = { script: await delivered.text(), sha256, args: call.arguments, timeoutS };
    return await runInSandbox(run, (line) => {
      const before = sandboxed.peek().get(callId)?.lines ?? [];
      note(callId, { lines: [...before, line] });
    });
  } catch (fault) {
    return { ok: false, error: String(fault) };
  }
}

const TOO_LARGE = "What it returned is too large to be handed on.";

async function finish(path: { conversation_id: string; call_id: string }, ended: Ended) {
  try {
    await api.post(`${CALL}/finish`, ended as Given<`${typeof CALL}/finish`, "post">, { path });
  } catch (fault) {
    if (!(fault instanceof ApiError) || fault.status !== 413) throw fault;
    await finish(path, { ok: false, error: TOO_LARGE });
  }
}

function note(callId: string, change: Partial<Sandboxed>): void {
  const before = sandboxed.peek().get(callId) ?? { tool: "", lines: [] };
  sandboxed.value = new Map(sandboxed.peek()).set(callId, { ...before, ...change });
}
