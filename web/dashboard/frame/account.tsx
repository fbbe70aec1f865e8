/** Who is signed in, what they are here, and their own password. */
import { signal, useSignal } from "@preact/signals";
import { BookOpen, KeySquare, LogOut, Monitor, Moon, Sun } from "lucide-preact";
import type { Role } from "#protocol";
import {
  Button,
  Dialog,
  Field,
  failed,
  type Icon,
  Menu,
  setTheme,
  TextInput,
  type Theme,
  theme,
  told,
} from "#ui";
import { type ApiError, api, asApiError } from "../data/api.ts";
import { caller, signOut } from "../data/session.ts";
import { NewPassword, problemOf } from "./new-password.tsx";
import { helpOpen } from "./palette.tsx";

const ROLES: Readonly<Record<Role, string>> = {
  viewer: "Viewer",
  editor: "Editor",
  owner: "Owner",
};

const THEMES: readonly (readonly [Theme, string, Icon])[] = [
  ["system", "Theme of the system", Monitor],
  ["light", "Light theme", Sun],
  ["dark", "Dark theme", Moon],
];

const changing = signal(false);

export function Account() {
  const { name = "", role, email } = caller.value ?? {};
  const [, , mark = Monitor] = THEMES.find(([key]) => key === theme.value) ?? [];
  const password = {
    label: "Change password",
    icon: KeySquare,
    onPick: () => {
      changing.value = true;
    },
  };
  return (
    <div class="account">
      <span class="avatar" aria-hidden="true">
        {name.slice(0, 1).toUpperCase()}
      </span>
      <span class="who grow" title={email ?? undefined}>
        <span class="clip">{name}</span>
        {role && email && <span class="small faint clip">{ROLES[role]}</span>}
      </span>
      <Menu
        label="Theme"
        icon={mark}
        items={THEMES.map(([key, label, icon]) => ({ label, icon, onPick: () => setTheme(key) }))}
      />
      <Menu
        label="Account"
        items={[
          { label: "API reference", icon: BookOpen, onPick: () => window.open("/docs", "_blank") },
          {
            label: "Keyboard shortcuts",
            onPick: () => {
              helpOpen.value = true;
            },
          },
          null,
          ...(email ? [password] : []),
          { label: "Sign out", icon: LogOut, onPick: () => signOut().catch(failed) },
        ]}
      />
      {changing.value && <ChangePassword />}
    </div>
  );
}

function ChangePassword() {
  const present = useSignal("");
  const password = useSignal("");
  const again = useSignal("");
  const problem = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  const close = () => {
    changing.value = false;
  };
  const submit = async () => {
    problem.value = problemOf(password.value, again.value);
    if (problem.value) return;
    busy.value = true;
    try {
      const given = { present: present.value, password: password.value };
      await api.put("/api/session/password", given);
      told("Your password is changed; your other sessions have ended.");
      close();
    } catch (fault) {
      error.value = asApiError(fault);
    } finally {
      busy.value = false;
    }
  };
  return (
    <Dialog
      title="Change your password"
      onClose={close}
      onSubmit={submit}
      error={error.value}
      foot={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" type="submit" busy={busy.value}>
            Change password
          </Button>
        </>
      }
    >
      <Field label="Present password" path="present">
        <TextInput
          type="password"
          autocomplete="current-password"
          autoFocus
          value={present.value}
          onValue={(text) => {
            present.value = text;
          }}
        />
      </Field>
      <NewPassword password={password} again={again} problem={problem.value} />
    </Dialog>
  );
}
