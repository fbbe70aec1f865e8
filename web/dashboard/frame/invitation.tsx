/** What an invitation's link leads to: a new user sets their password, once. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Schemas } from "#protocol";
import { Banner, Button, Form, Skeleton } from "#ui";
import { type ApiError, api, asApiError } from "../data/api.ts";
import { acceptInvitation } from "../data/session.ts";
import mark from "./mark.svg";
import { NewPassword, problemOf } from "./new-password.tsx";
import { go } from "./router.ts";

type Invited = Schemas["Invited"];

interface InvitationProps {
  token: string;
  /** It was accepted, or is not wanted any more. */
  onDone: () => void;
}

export function Invitation({ token, onDone }: InvitationProps) {
  const invited = useSignal<Invited | undefined>(undefined);
  const error = useSignal<ApiError | undefined>(undefined);
  useEffect(() => {
    api
      .post("/api/invitation", { token })
      .then((told) => {
        invited.value = told.invited;
      })
      .catch((fault: unknown) => {
        error.value = asApiError(fault);
      });
  }, [token, invited, error]);
  const leave = () => {
    onDone();
    go("/", { replace: true });
  };
  return (
    <main class="sign-in">
      <div class="stack">
        <img src={mark} width="40" height="40" alt="" />
        <h1>Welcome to Deftly</h1>
        {error.value ? (
          <>
            <Banner kind="bad">{error.value.message}</Banner>
            <Button onClick={leave}>To the sign-in page</Button>
          </>
        ) : invited.value ? (
          <Welcome invited={invited.value} token={token} onDone={leave} />
        ) : (
          <>
            <Skeleton width="80%" />
            <Skeleton width="50%" />
          </>
        )}
      </div>
    </main>
  );
}

interface WelcomeProps {
  invited: Invited;
  token: string;
  onDone: () => void;
}

function Welcome({ invited, token, onDone }: WelcomeProps) {
  const password = useSignal("");
  const again = useSignal("");
  const problem = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  const submit = async () => {
    problem.value = problemOf(password.value, again.value);
    if (problem.value) return;
    busy.value = true;
    try {
      await acceptInvitation(token, password.value);
      onDone();
    } catch (fault) {
      error.value = asApiError(fault);
      busy.value = false;
    }
  };
  return (
    <Form class="stack" error={error.value} onSubmit={submit}>
      <p class="soft">
        {invited.name}, choose a password. You sign in with it and{" "}
        <strong class="sign-in-email">{invited.email}</strong>.
      </p>
      <input type="hidden" name="email" autocomplete="username" value={invited.email} />
      <NewPassword password={password} again={again} problem={problem.value} />
      <Button kind="primary" type="submit" busy={busy.value}>
        Set password and sign in
      </Button>
    </Form>
  );
}
