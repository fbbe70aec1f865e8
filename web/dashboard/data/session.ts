/** Who is signed in. Another way in is another function here, and a form in sign-in.tsx. */
import { computed, signal } from "@preact/signals";
import type { Caller, Scope } from "#protocol";
import { ApiError, api, asApiError, onSignedOut } from "./api.ts";

export type Session =
  | { state: "checking" }
  | { state: "out"; error?: ApiError }
  | { state: "in"; caller: Caller };

export const session = signal<Session>({ state: "checking" });

const scopes = computed(
  () => new Set<Scope>(session.value.state === "in" ? session.value.caller.scopes : []),
);

/** Whether the person may; hides what the server would refuse anyway. */
export function may(scope: Scope): boolean {
  return scopes.value.has(scope);
}

/** Use the one-time token of a printed link. */
export async function signInByLink(token: string): Promise<void> {
  try {
    const { principal } = await api.post("/api/session", { token });
    session.value = { state: "in", caller: principal };
  } catch (fault) {
    session.value = { state: "out", error: asApiError(fault) };
  }
}

/** Ask the server who we are. */
export async function checkSession(): Promise<void> {
  try {
    const { principal } = await api.get("/api/session");
    session.value = { state: "in", caller: principal };
  } catch (fault) {
    const error = asApiError(fault);
    session.value = error.status === 401 ? { state: "out" } : { state: "out", error };
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

onSignedOut(() => {
  const message = "Your session has ended. Sign in again to go on.";
  session.value = { state: "out", error: new ApiError(401, "session_ended", message) };
});
