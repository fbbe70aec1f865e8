/** A conversation as the server keeps it: opened, read anew, followed wherever it goes on. */
import { fromTranscript, joined, type Transcript } from "#talk/talk.ts";
import { messageOf } from "./fault.ts";
import { hear } from "./hearing.ts";
import { ask, Refusal, request } from "./net.ts";
import { busy, clear, loading, offline, present, problem, remember, talk } from "./state.ts";

const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000];
const HIDDEN_MS = 10_000;

/** Ends the following of the conversation while a turn's own stream tells the same. */
let following = new AbortController();

export const pathOf = (id: string) => `/api/conversations/${encodeURIComponent(id)}`;

/** A turn's own stream tells the same. */
export function stopFollowing(): void {
  following.abort();
}

/** Begin anew; the conversation before is not shown again. */
export function startOver(): void {
  following.abort();
  clear();
  remember(undefined);
}

/** Go on with a conversation: what was said, and what is being said. */
export async function goOn(id: string): Promise<void> {
  clear();
  remember(id);
  const { signal } = present.stop;
  loading.value = true;
  try {
    await reload();
  } catch (fault) {
    if (signal.aborted) return;
    if (fault instanceof Refusal && fault.status === 404) return startOver();
    problem.value = { message: messageOf(fault), again: () => void goOn(id) };
  } finally {
    if (!signal.aborted) loading.value = false;
  }
}

/** Read what the server has kept: it has the last word. */
async function reload(): Promise<void> {
  const { id } = present;
  const { signal } = present.stop;
  if (!id) return;
  const kept = (await (await request("GET", pathOf(id), { signal })).json()) as Transcript;
  if (signal.aborted) return;
  present.threadId = kept.conversation.threadId;
  present.seq = kept.seq;
  talk.value = fromTranscript(kept);
  busy.value = kept.conversation.busy === true;
  void follow(id);
}

/** Read anew what the server has, as soon as it answers; a message sent meanwhile goes first. */
export async function settle(): Promise<void> {
  problem.value = undefined;
  const { signal } = present.stop;
  for (let failures = 1; !signal.aborted && !busy.peek(); failures += 1) {
    try {
      return await reload();
    } catch (fault) {
      if (signal.aborted) return;
      if (!isAway(fault)) {
        problem.value = { message: messageOf(fault), again: () => void settle() };
        return;
      }
      offline.value = true;
      await pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0, signal);
    }
  }
}

function isAway(fault: unknown): boolean {
  return fault instanceof Refusal && (fault.status === 0 || fault.status >= 500);
}

/** Go on where this visitor was before, in whatever browser; nothing if they are new. */
export async function goOnWithNewest(): Promise<void> {
  const { signal } = present.stop;
  const found = await ask("GET", "/api/conversations?limit=1").catch(() => undefined);
  const [newest] = (found?.["conversations"] ?? []) as { id: string }[];
  if (newest && !signal.aborted && !present.id) await goOn(newest.id);
}

export async function showEarlier(): Promise<void> {
  const { id } = present;
  const before = talk.peek().earlier;
  const { signal } = present.stop;
  if (!id || !before) return;
  const response = await request("GET", `${pathOf(id)}?before=${before}`, { signal });
  const older = fromTranscript((await response.json()) as Transcript);
  if (!signal.aborted && talk.peek().earlier === before) talk.value = joined(older, talk.peek());
}

/** Hear whatever happens in the conversation, in this tab or elsewhere, as long as it is shown. */
export async function follow(id: string): Promise<void> {
  following.abort();
  following = new AbortController();
  const { signal } = following;
  const over = following;
  present.stop.signal.addEventListener("abort", () => over.abort(), { once: true });
  for (let failures = 0; !signal.aborted; ) {
    await seen(signal);
    const ended = await heardOnce(id, signal);
    if (ended === "gone") return;
    failures = ended === "failed" ? failures + 1 : 0;
    if (!signal.aborted) offline.value = failures > 1;
    await pause(RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0, signal);
  }
}

/** Hear until the stream ends, and how it did. */
async function heardOnce(id: string, stop: AbortSignal): Promise<"ended" | "failed" | "gone"> {
  const { signal, end } = whileSeen(stop);
  try {
    const path = `${pathOf(id)}/events?after=${present.seq}`;
    const response = await request("GET", path, { signal });
    offline.value = false;
    await hear(response, signal, false);
    return "ended";
  } catch (fault) {
    if (signal.aborted) return "ended";
    // It is not there any more, or not this visitor's.
    return fault instanceof Refusal && fault.status === 404 ? "gone" : "failed";
  } finally {
    end();
  }
}

/** Resolves once the page can be seen. */
function seen(stop: AbortSignal): Promise<void> {
  if (!document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    const look = () => {
      if (document.hidden && !stop.aborted) return;
      document.removeEventListener("visibilitychange", look);
      resolve();
    };
    document.addEventListener("visibilitychange", look);
    stop.addEventListener("abort", look, { once: true });
  });
}

/** Ends with `stop`, and for a tab nobody looks at: browsers have six connections for all. */
function whileSeen(stop: AbortSignal): { signal: AbortSignal; end: () => void } {
  const one = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = () => one.abort();
  const look = () => {
    clearTimeout(timer);
    // A call that waits for this browser, or an answer, is not left.
    if (document.hidden) timer = setTimeout(() => busy.peek() || over(), HIDDEN_MS);
  };
  stop.addEventListener("abort", over, { once: true });
  document.addEventListener("visibilitychange", look);
  const end = () => {
    clearTimeout(timer);
    stop.removeEventListener("abort", over);
    document.removeEventListener("visibilitychange", look);
  };
  return { signal: one.signal, end };
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener("online", done);
    stop.addEventListener("abort", done, { once: true });
  });
}
