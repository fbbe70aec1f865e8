/** Users: what their roles mean, and changing them with a way back. */
import type { Role, Schemas, User } from "#protocol";
import { ask, failed, told } from "#ui";
import { api } from "../../data/api.ts";
import { resource } from "../../data/resource.ts";
import { caller } from "../../data/session.ts";

export type Invitation = Schemas["Invitation"];

export const users = resource({
  load: async (signal) => (await api.get("/api/users", { signal })).users,
  on: ["user.changed"],
});

export const ROLES: readonly { value: Role; label: string; does: string }[] = [
  { value: "viewer", label: "Viewer", does: "Sees actions, agents, runs and confirmations." },
  {
    value: "editor",
    label: "Editor",
    does: "Changes actions, agents and secrets, runs and confirms calls.",
  },
  {
    value: "owner",
    label: "Owner",
    does: "Everything: users and keys too, and code that runs on machines.",
  },
];

export function isMe(user: User): boolean {
  return caller.value?.id === `user:${user.id}`;
}

async function change(user: User, given: Schemas["UserPatch"]): Promise<boolean> {
  users.change((all) => all.map((one) => (one.id === user.id ? merged(one, given) : one)));
  try {
    await api.put("/api/users/{user_id}", given, { path: { user_id: user.id } });
    return true;
  } catch (fault) {
    failed(fault);
    users.refresh();
    return false;
  }
}

function merged(user: User, { name, role, disabled }: Schemas["UserPatch"]): User {
  return {
    ...user,
    name: name ?? user.name,
    role: role ?? user.role,
    disabled: disabled ?? user.disabled,
  };
}

export async function giveRole(user: User, role: Role): Promise<void> {
  const sure =
    !isMe(user) ||
    (await ask({
      title: "Give up your own role?",
      body: "You are no owner any more then, and only another owner can make you one again.",
      yes: "Change my role",
      danger: true,
    }));
  if (!sure) {
    users.change((all) => [...all]);
    return;
  }
  if (!(await change(user, { role }))) return;
  const before = user.role;
  const label = ROLES.find((one) => one.value === role)?.label ?? role;
  told(
    `${user.name}: ${label}, from now on.`,
    isMe(user) ? undefined : () => void change(user, { role: before }),
  );
}

export async function enable(user: User, on: boolean): Promise<void> {
  if (!(await change(user, { disabled: !on }))) return;
  told(on ? `${user.name} can sign in again.` : `${user.name} is signed out and stays out.`, () => {
    change(user, { disabled: on });
  });
}

export async function remove(user: User): Promise<void> {
  const sure = await ask({
    title: `Remove ${user.name}?`,
    body: "Their sessions end at once. What they did stays in runs and histories.",
    yes: "Remove user",
    danger: true,
  });
  if (!sure) return;
  try {
    await api.delete("/api/users/{user_id}", { path: { user_id: user.id } });
    users.change((all) => all.filter((one) => one.id !== user.id));
    told(`${user.name} is removed.`);
  } catch (fault) {
    failed(fault);
    users.refresh();
  }
}
