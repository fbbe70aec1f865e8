/** A new key: what it may do, then its text, once. */
import { useSignal } from "@preact/signals";
import type { Scope } from "#protocol";
import { Banner, Button, Checkbox, Copyable, Dialog, Field, FieldSet, TextInput } from "#ui";
import { type ApiError, api, asApiError } from "../../data/api.ts";
import { keys, SCOPES } from "./keys.ts";

export function NewKey({ onClose }: { onClose: () => void }) {
  const name = useSignal("");
  const scopes = useSignal<readonly Scope[]>(["run"]);
  const busy = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  const secret = useSignal<string | undefined>(undefined);
  const submit = async () => {
    busy.value = true;
    try {
      const made = await api.post("/api/keys", { name: name.value, scopes: [...scopes.value] });
      secret.value = made.secret;
      keys.refresh();
    } catch (fault) {
      error.value = asApiError(fault);
    } finally {
      busy.value = false;
    }
  };
  if (secret.value !== undefined) return <Shown secret={secret.value} onClose={onClose} />;
  const toggle = (scope: Scope, on: boolean) => {
    scopes.value = on ? [...scopes.value, scope] : scopes.value.filter((one) => one !== scope);
  };
  return (
    <Dialog
      title="Create an API key"
      onClose={onClose}
      onSubmit={submit}
      error={error.value}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={busy.value}>
            Create key
          </Button>
        </>
      }
    >
      <Field label="Name" path="name" hint="Where it is used: you will look for it later.">
        <TextInput
          autoFocus
          placeholder="Support bot"
          value={name.value}
          onValue={(text) => {
            name.value = text;
          }}
        />
      </Field>
      <FieldSet legend="It may" path="scopes">
        {SCOPES.map(({ scope, does }) => (
          <Checkbox
            key={scope}
            label={<code>{scope}</code>}
            hint={does}
            checked={scopes.value.includes(scope)}
            onChecked={(on) => toggle(scope, on)}
          />
        ))}
      </FieldSet>
      {scopes.value.includes("run") && scopes.value.includes("confirm") && (
        <Banner kind="warn">
          Whatever holds this key can confirm its own calls: no person has to look at them.
        </Banner>
      )}
    </Dialog>
  );
}

function Shown({ secret, onClose }: { secret: string; onClose: () => void }) {
  return (
    <Dialog
      title="Your new key"
      sticky
      onClose={onClose}
      foot={
        <Button kind="primary" onClick={onClose}>
          I have saved it
        </Button>
      }
    >
      <p class="soft">Copy it now. It is kept as a digest only, so nobody can show it again.</p>
      <Copyable text={secret} />
    </Dialog>
  );
}
