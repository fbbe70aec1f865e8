/** Who is signed in, and the ways in and out. */
import { computed, signal } from "@preact/signals";
import type { Caller, Scope } from "#protocol";
import { ApiError, api, asApiError, onSignedOut } from "./api.ts";
import { listen, onOpened } from "./events.ts";

export type Session =
  | { state: "checking" }
  | { state: "out"; error?: ApiError }
  | { state: "in"; caller: Caller };

export const session = signal<Session>({ state: "checking" });

/** Who is signed in, if anybody is. */
export const caller = computed(() =>
  session.value.state === "in" ? session.value.caller : undefined,
);

const scopes = computed(() => new Set<Scope>(caller.value?.scopes));
let last: string | undefined;

/** Whether the person may; hides what the server would refuse anyway. */
export function may(scope: Scope): boolean {
  return scopes.value.has(scope);
}

function enter(principal: Caller): void {
  // What the person before them saw is still in memory: begin with an empty page.
  if (last !== undefined && last !== principal.id) location.reload();
  last = principal.id;
  session.value = { state: "in", caller: principal };
}

/** Use the one-time token of a printed link. */
export async function signInByLink(token: string): Promise<void> {
  try {
    enter((await api.post("/api/session", { token })).principal);
  } catch (fault) {
    session.value = { state: "out", error: asApiError(fault) };
  }
}

/** Throws what the server refuses, for the form to show. */
export async function signInByPassword(email: string, password: string): Promise<void> {
  enter((await api.post("/api/session", { email, password })).principal);
}

/** Set the password of whom a link invites, and sign them in. */
export async function acceptInvitation(token: string, password: string): Promise<void> {
  enter((await api.post("/api/invitation/accept", { token, password })).principal);
}

/** Ask the server who we are. */
export async function checkSession(): Promise<void> {
  try {
    enter((await api.get("/api/session")).principal);
  } catch (fault) {
    const error = asApiError(fault);
    session.value = error.status === 401 ? { state: "out" } : { state: "out", error };
  }
}

/** Ask again for what we may, without a flicker where nothing answers. */
async function refreshRights(): Promise<void> {
  try {
    enter((await api.get("/api/session")).principal);
  } catch (fault) {
    if (asApiError(fault).status === 401) end();
  }
}

export async function signOut(): Promise<void> {
  try {
    await api.delete("/api/session");
  } catch (fault) {
    if (asApiError(fault).status !== 401) throw fault;
  }
  session.value = { state: "out" };
}

function end(): void {
  const message = "Your session has ended. Sign in again to go on.";
  session.value = { state: "out", error: new ApiError(401, "session_ended", message) };
}

onSignedOut(end);
// Between asking who we are and hearing of changes there may have been one.
onOpened(refreshRights);
listen((heard) => {
  const mine = heard.kind === "user.changed" && `user:${heard.subject}` === caller.peek()?.id;
  if (mine) refreshRights();
});
