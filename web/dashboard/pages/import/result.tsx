/** What a save came to: links, what was refused, and the way back. */
import { CircleAlert, Undo2 } from "lucide-preact";
import { ask, Badge, Banner, Button, Card, type Column, Table, Time, told } from "#ui";
import { go } from "../../frame/router.ts";
import { notesOf, toolOf } from "./items.ts";
import { fault, looking, startOver, waiting } from "./state.ts";
import type { Kept, Stored } from "./storing.ts";
import { undo } from "./work.ts";

export function Result({ stored: { created, failed, error } }: { stored: Stored }) {
  const count = created.length === 1 ? "1 action" : `${created.length.toLocaleString()} actions`;
  const takeBack = async () => {
    const sure = await ask({
      title: `Delete the ${count} just added?`,
      body: "Agents can no longer call them. What you changed in them since is lost too.",
      yes: "Delete them",
      danger: true,
    });
    if (sure && (await undo())) told(`${count} deleted again.`);
  };
  const problem = error ?? fault.value;
  return (
    <>
      {problem && <Banner kind="bad">It stopped early: {problem.message}</Banner>}
      {failed.length > 0 && (
        <Card title={`Not saved: ${failed.length.toLocaleString()}`}>
          <ul class="import-failed">
            {failed.map(({ item, error: why }) => (
              <li key={item.key}>
                <CircleAlert class="icon" size={16} />
                <span>
                  <code>{toolOf(item)}</code> <span class="soft">{item.source}</span>
                  <br />
                  {why}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <div class="row wrap">
        <strong class="grow">{created.length > 0 ? `${count} added` : "Nothing was added"}</strong>
        {created.length > 0 && (
          <Button icon={Undo2} onClick={takeBack}>
            Undo
          </Button>
        )}
        {waiting.value.length > 0 && (
          <Button
            onClick={() => {
              looking.value = false;
            }}
          >
            Back to the list
          </Button>
        )}
        <Button
          kind="primary"
          onClick={() => {
            startOver();
            go("/actions");
          }}
        >
          Show all actions
        </Button>
      </div>
      {created.length > 0 && (
        <Table
          label="Added"
          columns={COLUMNS}
          rows={created}
          rowKey={(one) => one.action.id}
          onOpen={(one) => go(`/actions/${one.action.id}`)}
        />
      )}
    </>
  );
}

const COLUMNS: readonly Column<Kept>[] = [
  {
    key: "name",
    head: "Name",
    cell: ({ action }) => (
      <div class="import-name">
        <a href={`/actions/${action.id}`} class="clip">
          {action.name.toLowerCase()}
        </a>
        <span class="small soft clip">{action.description}</span>
      </div>
    ),
  },
  {
    key: "notes",
    head: "Notes",
    wide: true,
    width: "100px",
    cell: ({ warnings }) =>
      warnings.length > 0 && (
        <span title={warnings.join(" ")}>
          <Badge tone="amber">{notesOf(warnings.length)}</Badge>
        </span>
      ),
  },
  {
    key: "added",
    head: "Added",
    width: "130px",
    cell: ({ action }) => <Time at={action.createdAt} />,
  },
];
