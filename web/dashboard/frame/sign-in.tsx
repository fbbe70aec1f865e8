/** The ways in: a password for those who have one, the printed link for whoever runs Deftly. */
import { useSignal } from "@preact/signals";
import { LogIn } from "lucide-preact";
import { Banner, Button, Copyable, Field, Form, TextInput } from "#ui";
import { type ApiError, asApiError } from "../data/api.ts";
import { checkSession, type Session, signInByPassword } from "../data/session.ts";
import mark from "./mark.svg";

export function SignIn({ session }: { session: Extract<Session, { state: "out" }> }) {
  const { error } = session;
  return (
    <main class="sign-in">
      <div class="stack">
        <img src={mark} width="40" height="40" alt="" />
        <h1>Sign in to Deftly</h1>
        {error && (
          <Banner
            kind={error.status === 0 ? "warn" : "bad"}
            action={
              error.status === 0 && (
                <Button size="small" onClick={checkSession}>
                  Try again
                </Button>
              )
            }
          >
            {error.message}
          </Banner>
        )}
        <PasswordForm />
        <section class="sign-in-link stack tight">
          <h2>No password?</h2>
          <p class="soft">
            Ask an owner for an invitation. Where Deftly runs, this prints a link that signs you in
            once, as the local owner:
          </p>
          <Copyable text="deftly login-link" />
        </section>
      </div>
    </main>
  );
}

function PasswordForm() {
  const email = useSignal("");
  const password = useSignal("");
  const busy = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  const submit = async () => {
    busy.value = true;
    try {
      await signInByPassword(email.value, password.value);
    } catch (fault) {
      error.value = asApiError(fault);
      busy.value = false;
    }
  };
  return (
    <Form class="stack" error={error.value} onSubmit={submit}>
      <Field label="E-mail" path="email">
        <TextInput
          type="email"
          name="email"
          autocomplete="username"
          value={email.value}
          onValue={(text) => {
            email.value = text;
          }}
        />
      </Field>
      <Field label="Password" path="password">
        <TextInput
          type="password"
          name="password"
          autocomplete="current-password"
          value={password.value}
          onValue={(text) => {
            password.value = text;
          }}
        />
      </Field>
      <Button kind="primary" type="submit" icon={LogIn} busy={busy.value}>
        Sign in
      </Button>
    </Form>
  );
}
