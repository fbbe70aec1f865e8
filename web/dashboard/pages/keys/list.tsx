/** Who else may call: keys, made here and shown once. */
import { useSignal } from "@preact/signals";
import { KeyRound, Plus, Trash2 } from "lucide-preact";
import type { ApiKey } from "#protocol";
import { ask, Badge, Button, type Column, EmptyState, failed, Menu, Page, Time, told } from "#ui";
import { api } from "../../data/api.ts";
import { useCommands } from "../../frame/commands.ts";
import { Listing } from "../../frame/listing.tsx";
import { NewKey } from "./create.tsx";
import { keys } from "./keys.ts";

export default function KeysPage() {
  const creating = useSignal(false);
  const create = () => {
    creating.value = true;
  };
  useCommands([
    {
      id: "keys.create",
      label: "Create an API key",
      icon: Plus,
      group: "API keys",
      keys: "c",
      run: create,
    },
  ]);
  const button = (
    <Button kind="primary" icon={Plus} onClick={create}>
      Create key
    </Button>
  );
  return (
    <Page
      title="API keys"
      lead="What programs call Deftly with. Each key may do what its scopes say, and nothing else."
      actions={button}
    >
      <Listing
        label="API keys"
        columns={COLUMNS}
        of={keys}
        rowKey={(key) => key.id}
        order={{ key: "created", down: true }}
        empty={
          <EmptyState icon={KeyRound} title="No keys yet" actions={button}>
            An agent of yours needs a key to list tools and call them. It is shown once, when it is
            made.
          </EmptyState>
        }
      />
      {creating.value && (
        <NewKey
          onClose={() => {
            creating.value = false;
          }}
        />
      )}
    </Page>
  );
}

const COLUMNS: readonly Column<ApiKey>[] = [
  {
    key: "name",
    head: "Name",
    compare: (a, b) => a.name.localeCompare(b.name),
    cell: (key) => <strong>{key.name}</strong>,
  },
  {
    key: "hint",
    head: "Begins with",
    wide: true,
    width: "150px",
    cell: (key) => <code>{key.hint}…</code>,
  },
  { key: "scopes", head: "Scopes", wide: true, width: "32%", cell: (key) => <Scopes of={key} /> },
  {
    key: "created",
    head: "Created",
    wide: true,
    width: "130px",
    compare: (a, b) => a.createdAt.localeCompare(b.createdAt),
    cell: (key) => <Time at={key.createdAt} />,
  },
  {
    key: "used",
    head: "Last used",
    width: "130px",
    compare: (a, b) => (a.lastUsedAt ?? "").localeCompare(b.lastUsedAt ?? ""),
    cell: (key) =>
      key.lastUsedAt ? <Time at={key.lastUsedAt} /> : <span class="faint">never</span>,
  },
  {
    key: "tools",
    head: "What can be done",
    width: "64px",
    tools: true,
    cell: (key) => (
      <Menu
        label={`More for ${key.name}`}
        items={[{ label: "Revoke", icon: Trash2, danger: true, onPick: () => revoke(key) }]}
      />
    ),
  },
];

function Scopes({ of: key }: { of: ApiKey }) {
  return (
    <span class="row">
      {key.scopes.map((scope) => (
        <Badge key={scope} tone={scope === "own" ? "amber" : "plain"}>
          {scope}
        </Badge>
      ))}
    </span>
  );
}

async function revoke(key: ApiKey): Promise<void> {
  const sure = await ask({
    title: `Revoke “${key.name}”?`,
    body: "Whatever calls with it is refused from now on. This cannot be undone.",
    yes: "Revoke key",
    danger: true,
  });
  if (!sure) return;
  try {
    await api.delete("/api/keys/{key_id}", { path: { key_id: key.id } });
    keys.change((all) => all.filter((one) => one.id !== key.id));
    told(`“${key.name}” is revoked.`);
  } catch (fault) {
    failed(fault);
    keys.refresh();
  }
}
