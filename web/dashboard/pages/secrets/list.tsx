/** Credentials that actions send: stored here, shown never. */
import { useSignal } from "@preact/signals";
import { Lock, Plus, RefreshCw, Trash2 } from "lucide-preact";
import { ask, Badge, Button, type Column, EmptyState, failed, Menu, Page, Time, told } from "#ui";
import { api } from "../../data/api.ts";
import { useCommands } from "../../frame/commands.ts";
import { Listing } from "../../frame/listing.tsx";
import { type Secret, secrets } from "./secrets.ts";
import { StoreSecret } from "./store.tsx";

type Open = { of?: Secret } | undefined;

export default function SecretsPage() {
  const open = useSignal<Open>(undefined);
  const add = () => {
    open.value = {};
  };
  const replace = (secret: Secret) => {
    open.value = { of: secret };
  };
  useCommands([
    {
      id: "secrets.add",
      label: "Add a secret",
      icon: Plus,
      group: "Secrets",
      keys: "c",
      run: add,
    },
  ]);
  const button = (
    <Button kind="primary" icon={Plus} onClick={add}>
      Add secret
    </Button>
  );
  return (
    <Page
      title="Secrets"
      lead="Keys and passwords that actions send. They are encrypted, and go to their own hosts only."
      actions={button}
    >
      <Listing
        label="Secrets"
        columns={columns(replace)}
        of={secrets}
        rowKey={(secret) => secret.name}
        order={{ key: "name", down: false }}
        empty={
          <EmptyState icon={Lock} title="No secrets yet" actions={button}>
            Store what an API asks for once, and write {"{{secrets.NAME}}"} in the headers of an
            action. Models, logs and runs see the name only.
          </EmptyState>
        }
      />
      {open.value && (
        <StoreSecret
          of={open.value.of}
          onClose={() => {
            open.value = undefined;
          }}
        />
      )}
    </Page>
  );
}

function columns(replace: (secret: Secret) => void): readonly Column<Secret>[] {
  return [
    {
      key: "name",
      head: "Name",
      compare: (a, b) => a.name.localeCompare(b.name),
      cell: (secret) => <code>{secret.name}</code>,
    },
    {
      key: "hosts",
      head: "Sent to",
      wide: true,
      width: "40%",
      cell: (secret) => <Hosts of={secret} />,
    },
    {
      key: "updated",
      head: "Set",
      width: "130px",
      compare: (a, b) => a.updatedAt.localeCompare(b.updatedAt),
      cell: (secret) => <Time at={secret.updatedAt} />,
    },
    {
      key: "tools",
      head: "What can be done",
      width: "64px",
      tools: true,
      cell: (secret) => (
        <Menu
          label={`More for ${secret.name}`}
          items={[
            { label: "Replace value", icon: RefreshCw, onPick: () => replace(secret) },
            null,
            { label: "Delete", icon: Trash2, danger: true, onPick: () => remove(secret) },
          ]}
        />
      ),
    },
  ];
}

function Hosts({ of: secret }: { of: Secret }) {
  if (secret.hosts.length === 0)
    return <span class="faint">bound to the first host it is sent to</span>;
  return (
    <span class="row" title={secret.hosts.join(", ")}>
      {secret.hosts.map((host) => (
        <Badge key={host}>{host}</Badge>
      ))}
    </span>
  );
}

async function remove(secret: Secret): Promise<void> {
  const sure = await ask({
    title: `Delete “${secret.name}”?`,
    body: "Actions that use it fail from now on. Its value cannot be brought back.",
    yes: "Delete secret",
    danger: true,
  });
  if (!sure) return;
  try {
    await api.delete("/api/secrets/{name}", { path: { name: secret.name } });
    secrets.change((all) => all.filter((one) => one.name !== secret.name));
    told(`“${secret.name}” is deleted.`);
  } catch (fault) {
    failed(fault);
    secrets.refresh();
  }
}
