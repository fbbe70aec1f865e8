/** Who answers in conversations. */
import { useSignal } from "@preact/signals";
import { Bot, Pencil, Plus, RotateCcw, Trash2 } from "lucide-preact";
import { Badge, Button, type Column, EmptyState, Menu, Page, Time } from "#ui";
import { may } from "../../data/session.ts";
import { useCommands } from "../../frame/commands.ts";
import { Listing } from "../../frame/listing.tsx";
import { go } from "../../frame/router.ts";
import "./agents.css";
import { type Agent, agents, DEFAULT, pathOf, remove, titleOf } from "./agents.ts";
import { NewAgent } from "./create.tsx";

export default function AgentsPage() {
  const creating = useSignal(false);
  const create = () => {
    creating.value = true;
  };
  useCommands(
    may("manage")
      ? [
          {
            id: "agents.create",
            label: "Create an agent",
            icon: Plus,
            group: "Agents",
            keys: "c",
            run: create,
          },
        ]
      : [],
  );
  const button = may("manage") && (
    <Button kind="primary" icon={Plus} onClick={create}>
      Create agent
    </Button>
  );
  return (
    <Page
      title="Agents"
      lead="Who answers in conversations: with which words, which model and which actions."
      actions={button}
    >
      <Listing
        label="Agents"
        columns={COLUMNS}
        of={agents}
        rowKey={(agent) => agent.name}
        onOpen={(agent) => go(pathOf(agent.name))}
        empty={
          <EmptyState icon={Bot} title="No agents yet" actions={button}>
            An agent talks to people and calls your actions for them.
          </EmptyState>
        }
      />
      {creating.value && (
        <NewAgent
          onClose={() => {
            creating.value = false;
          }}
        />
      )}
    </Page>
  );
}

const COLUMNS: readonly Column<Agent>[] = [
  {
    key: "name",
    head: "Agent",
    compare: (a, b) => titleOf(a).localeCompare(titleOf(b)),
    cell: (agent) => (
      <span class="row">
        <a class="agents-title clip" href={pathOf(agent.name)} tabIndex={-1}>
          {titleOf(agent)}
        </a>
        {agent.title && <code class="faint only-wide">{agent.name}</code>}
      </span>
    ),
  },
  {
    key: "state",
    head: "State",
    width: "110px",
    cell: (agent) =>
      agent.enabled ? (
        <Badge tone="green" dot>
          Enabled
        </Badge>
      ) : (
        <Badge dot>Disabled</Badge>
      ),
  },
  {
    key: "model",
    head: "Model",
    width: "20%",
    wide: true,
    cell: (agent) =>
      agent.model ? <code>{agent.model}</code> : <span class="faint">as in the settings</span>,
  },
  {
    key: "actions",
    head: "Actions",
    width: "110px",
    wide: true,
    cell: (agent) => (agent.actions === "all" ? "all" : (agent.actions?.length ?? 0)),
  },
  {
    key: "updated",
    head: "Changed",
    width: "130px",
    wide: true,
    cell: (agent) =>
      agent.updatedAt ? <Time at={agent.updatedAt} /> : <span class="faint">never</span>,
  },
  {
    key: "tools",
    head: "What can be done",
    width: "64px",
    tools: true,
    cell: (agent) => (
      <Menu label={`More for ${titleOf(agent)}`} items={[editing(agent), ...deleting(agent)]} />
    ),
  },
];

function editing(agent: Agent) {
  return {
    label: may("manage") ? "Edit" : "Look at it",
    icon: Pencil,
    onPick: () => void go(pathOf(agent.name)),
  };
}

function deleting(agent: Agent) {
  if (!may("manage")) return [];
  const original = agent.name === DEFAULT;
  return [
    null,
    {
      label: original ? "Reset" : "Delete",
      icon: original ? RotateCcw : Trash2,
      danger: true,
      onPick: () => void remove(agent),
    },
  ];
}
