/** A value goes in, and never comes out again. */
import { useSignal } from "@preact/signals";
import { Button, Dialog, Field, TextArea, TextInput, told } from "#ui";
import { ApiError, api, asApiError } from "../../data/api.ts";
import { may } from "../../data/session.ts";
import { hostsIn, type Secret, secrets } from "./secrets.ts";

interface StoreProps {
  /** The secret that gets another value; without one, a new secret. */
  of?: Secret | undefined;
  onClose: () => void;
}

export function StoreSecret({ of: known, onClose }: StoreProps) {
  const name = useSignal(known?.name ?? "");
  const value = useSignal("");
  const hosts = useSignal(known?.hosts.join("\n") ?? "");
  const busy = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  const submit = async () => {
    const problem = taken(name.value, known);
    if (problem) {
      error.value = problem;
      return;
    }
    busy.value = true;
    try {
      await store(name.value.trim(), value.value, changedHosts(hosts.value, known));
      secrets.refresh();
      told(known ? `“${known.name}” has a new value.` : `“${name.value.trim()}” is stored.`);
      onClose();
    } catch (fault) {
      error.value = asApiError(fault);
    } finally {
      busy.value = false;
    }
  };
  return (
    <Dialog
      title={known ? `Replace “${known.name}”` : "Add a secret"}
      onClose={onClose}
      onSubmit={submit}
      error={error.value}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={busy.value}>
            {known ? "Replace value" : "Store secret"}
          </Button>
        </>
      }
    >
      {!known && (
        <Field
          label="Name"
          path="name"
          hint={<>Actions use it as {"{{secrets.NAME}}"}: letters, digits, _ and -.</>}
        >
          <TextInput
            autoFocus
            mono
            placeholder="SHOP_API_KEY"
            value={name.value}
            onValue={(text) => {
              name.value = text;
            }}
          />
        </Field>
      )}
      <Field label="Value" path="value" hint="It is encrypted, and shown to nobody again.">
        <TextInput
          autoFocus={known !== undefined}
          mono
          type="password"
          autocomplete="new-password"
          value={value.value}
          onValue={(text) => {
            value.value = text;
          }}
        />
      </Field>
      {may("own") && <Hosts of={hosts} known={known} />}
    </Dialog>
  );
}

function Hosts({ of: hosts, known }: { of: { value: string }; known: Secret | undefined }) {
  const hint = known?.hosts.length
    ? "One a line. It is sent to no other."
    : "One a line. Left empty, it is bound to the first host it is sent to.";
  return (
    <Field label="Only for these hosts" path="hosts" optional hint={hint}>
      <TextArea
        mono
        rows={2}
        placeholder="api.example.com"
        value={hosts.value}
        onValue={(text) => {
          hosts.value = text;
        }}
      />
    </Field>
  );
}

/** The hosts to send along: none where they stay as they are. */
function changedHosts(text: string, known: Secret | undefined): string[] | undefined {
  const typed = hostsIn(text);
  const before = known?.hosts ?? [];
  if (!may("own") || typed.join() === before.join()) return undefined;
  return typed;
}

/** A new secret must not put another one's value out of the world by a slip. */
function taken(name: string, known: Secret | undefined): ApiError | undefined {
  const wanted = name.trim();
  if (known) return undefined;
  if (wanted === "") return refusal("name is required: actions use the secret by it.");
  const there = secrets.value.peek()?.some((one) => one.name === wanted);
  return there ? refusal(`${wanted} is there already; replace its value instead.`) : undefined;
}

function refusal(message: string): ApiError {
  return new ApiError(422, "invalid_request", message, [{ path: "name", message }]);
}

async function store(name: string, value: string, hosts: string[] | undefined): Promise<void> {
  await api.put("/api/secrets/{name}", hosts === undefined ? { value } : { value, hosts }, {
    path: { name },
  });
}
