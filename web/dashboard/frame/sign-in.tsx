/** The way in. Today by the printed link alone; a form for a password goes below the sentence. */
import { LogIn } from "lucide-preact";
import { Banner, Button, Copyable } from "#ui";
import { checkSession, type Session } from "../data/session.ts";
import mark from "./mark.svg";

export function SignIn({ session }: { session: Extract<Session, { state: "out" }> }) {
  const { error } = session;
  return (
    <main class="sign-in">
      <div class="stack">
        <img src={mark} width="40" height="40" alt="" />
        <h1>Sign in to Deftly</h1>
        {error && <Banner kind={error.status === 0 ? "warn" : "bad"}>{error.message}</Banner>}
        <p class="soft">
          Open the link that Deftly printed when it started. It works once. Where Deftly runs, this
          prints another:
        </p>
        <Copyable text="deftly login-link" />
        {error?.status === 0 && (
          <Button icon={LogIn} onClick={checkSession}>
            Try again
          </Button>
        )}
      </div>
    </main>
  );
}
