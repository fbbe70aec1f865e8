/** Who signs in by themselves, as what, and who does not any more. */
import { type Signal, signal, useSignal } from "@preact/signals";
import { Ban, CircleCheck, Link2, Plus, Trash2, Users } from "lucide-preact";
import type { User } from "#protocol";
import {
  Badge,
  Button,
  type Column,
  EmptyState,
  Failure,
  failed,
  Menu,
  Page,
  Select,
  Table,
  Time,
} from "#ui";
import { api } from "../../data/api.ts";
import { useResource } from "../../data/resource.ts";
import { useCommands } from "../../frame/commands.ts";
import { Invite, Link } from "./invite.tsx";
import { enable, giveRole, type Invitation, isMe, ROLES, remove, users } from "./users.ts";
import "./users.css";

const shown: Signal<{ user: User; invitation: Invitation } | undefined> = signal(undefined);

export default function UsersPage() {
  const inviting = useSignal(false);
  const { value, error, refresh } = useResource(users);
  const invite = () => {
    inviting.value = true;
  };
  useCommands([
    {
      id: "users.invite",
      label: "Invite somebody",
      icon: Plus,
      group: "Users",
      keys: "c",
      words: "user create add",
      run: invite,
    },
  ]);
  const button = (
    <Button kind="primary" icon={Plus} onClick={invite}>
      Invite somebody
    </Button>
  );
  return (
    <Page
      title="Users"
      lead="Who signs in by themselves, and what they may do here."
      actions={button}
    >
      {error.value && !value.value ? (
        <Failure error={error.value} onRetry={refresh} />
      ) : (
        <Table
          label="Users"
          columns={COLUMNS}
          rows={value.value}
          rowKey={(user) => user.id}
          order={{ key: "name", down: false }}
          empty={
            <EmptyState icon={Users} title="Nobody but you" actions={button}>
              Whoever has a link of “deftly login-link” is the local owner. Invite others to sign in
              by themselves, with a role of their own.
            </EmptyState>
          }
        />
      )}
      {inviting.value && (
        <Invite
          onClose={() => {
            inviting.value = false;
          }}
        />
      )}
      {shown.value && (
        <Link
          {...shown.value}
          onClose={() => {
            shown.value = undefined;
          }}
        />
      )}
    </Page>
  );
}

const COLUMNS: readonly Column<User>[] = [
  {
    key: "name",
    head: "Name",
    compare: (a, b) => a.name.localeCompare(b.name),
    cell: (user) => (
      <span class="users-who">
        <strong class="clip">{user.name}</strong>
        <span class="soft small clip">{isMe(user) ? `You · ${user.email}` : user.email}</span>
        {(user.disabled || !user.hasPassword) && (
          <span class="users-state">
            <State of={user} />
          </span>
        )}
      </span>
    ),
  },
  {
    key: "state",
    head: "State",
    wide: true,
    width: "110px",
    cell: (user) => <State of={user} />,
  },
  {
    key: "signed in",
    head: "Signed in",
    wide: true,
    width: "140px",
    compare: (a, b) => (a.signedInAt ?? "").localeCompare(b.signedInAt ?? ""),
    cell: (user) =>
      user.signedInAt ? <Time at={user.signedInAt} /> : <span class="faint">never</span>,
  },
  {
    key: "role",
    head: "Role",
    width: "136px",
    cell: (user) => (
      <Select
        aria-label={`Role of ${user.name}`}
        value={user.role}
        options={ROLES}
        onValue={(role) => giveRole(user, role)}
      />
    ),
  },
  {
    key: "tools",
    head: "What can be done",
    width: "64px",
    tools: true,
    cell: (user) => <Menu label={`More for ${user.name}`} items={itemsFor(user)} />,
  },
];

function State({ of: user }: { of: User }) {
  if (user.disabled) return <Badge tone="red">disabled</Badge>;
  return user.hasPassword ? (
    <Badge tone="green">active</Badge>
  ) : (
    <Badge tone="amber">invited</Badge>
  );
}

function itemsFor(user: User) {
  return [
    {
      label: user.hasPassword ? "Link for a new password" : "New invitation link",
      icon: Link2,
      disabled: user.disabled,
      onPick: () => link(user),
    },
    user.disabled
      ? { label: "Enable", icon: CircleCheck, onPick: () => enable(user, true) }
      : { label: "Disable", icon: Ban, onPick: () => enable(user, false) },
    null,
    { label: "Remove", icon: Trash2, danger: true, onPick: () => remove(user) },
  ];
}

async function link(user: User): Promise<void> {
  try {
    const made = await api.post("/api/users/{user_id}/invitation", undefined, {
      path: { user_id: user.id },
    });
    if (made.invitation) shown.value = { user, invitation: made.invitation };
  } catch (fault) {
    failed(fault);
  }
}
