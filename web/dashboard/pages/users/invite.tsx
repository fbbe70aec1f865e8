/** A new user: who they are and what they may do, then the link to hand them, once. */
import { useSignal } from "@preact/signals";
import type { Role, User } from "#protocol";
import { Banner, Button, Copyable, Dialog, exactly, Field, TextInput } from "#ui";
import { type ApiError, api, asApiError } from "../../data/api.ts";
import { RoleChoice } from "./roles.tsx";
import { type Invitation, users } from "./users.ts";

export function Invite({ onClose }: { onClose: () => void }) {
  const email = useSignal("");
  const name = useSignal("");
  const role = useSignal<Role>("editor");
  const busy = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  const made = useSignal<{ user: User; invitation: Invitation } | undefined>(undefined);
  const submit = async () => {
    busy.value = true;
    try {
      const given = { email: email.value, role: role.value };
      const named = name.value.trim() ? { ...given, name: name.value } : given;
      const { user, invitation } = await api.post("/api/users", named);
      if (invitation) made.value = { user, invitation };
      users.refresh();
    } catch (fault) {
      error.value = asApiError(fault);
    } finally {
      busy.value = false;
    }
  };
  if (made.value) return <Link {...made.value} onClose={onClose} />;
  return (
    <Dialog
      title="Invite somebody"
      onClose={onClose}
      onSubmit={submit}
      error={error.value}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={busy.value}>
            Make the link
          </Button>
        </>
      }
    >
      <Field label="E-mail" path="email" hint="They sign in with it. No mail is sent.">
        <TextInput
          autoFocus
          type="email"
          placeholder="ada@example.com"
          value={email.value}
          onValue={(text) => {
            email.value = text;
          }}
        />
      </Field>
      <Field label="Name" path="name" optional>
        <TextInput
          placeholder="Ada"
          value={name.value}
          onValue={(text) => {
            name.value = text;
          }}
        />
      </Field>
      <RoleChoice
        role={role.value}
        onRole={(chosen) => {
          role.value = chosen;
        }}
      />
    </Dialog>
  );
}

interface LinkProps {
  user: User;
  invitation: Invitation;
  onClose: () => void;
}

export function Link({ user, invitation, onClose }: LinkProps) {
  return (
    <Dialog
      title={`The link for ${user.name}`}
      sticky
      onClose={onClose}
      foot={
        <Button kind="primary" onClick={onClose}>
          I have copied it
        </Button>
      }
    >
      <p class="soft">
        Hand it to {user.email}: it sets the password and signs in, once. It stops working at{" "}
        {exactly(invitation.expiresAt)}, or when you make another.
      </p>
      <Copyable text={invitation.url} />
      <Banner kind="warn">Whoever opens it first is in. It is not shown again.</Banner>
    </Dialog>
  );
}
