/** All widgets, as they look. */
import { Copy, LayoutPanelTop, Pencil, Plus, SearchX, Trash2 } from "lucide-preact";
import { Button, EmptyState, Failure, Menu, Page, SearchInput } from "#ui";
import { useResource } from "../../data/resource.ts";
import { may } from "../../data/session.ts";
import { useCommands } from "../../frame/commands.ts";
import { useListKeys } from "../../frame/list-keys.ts";
import { go, place, setQuery } from "../../frame/router.ts";
import { Gallery } from "./choose.tsx";
import type { Widget } from "./draft.ts";
import { Tile, TileBars } from "./tile.tsx";
import "./widgets.css";
import { pathOf, remove, titleOf, widgets } from "./widgets.ts";

const create = () => go("/widgets/new");
// Below it a search is more to look at than the widgets.
const SEARCHED_FROM = 8;

export default function WidgetsPage() {
  const { value, error, refresh } = useResource(widgets);
  useListKeys({ search: true, rows: false });
  useCommands(
    may("manage")
      ? [
          {
            id: "widgets.create",
            label: "Create a widget",
            icon: Plus,
            group: "Widgets",
            keys: "c",
            run: create,
          },
        ]
      : [],
  );
  const all = value.value;
  const button = may("manage") && (
    <Button kind="primary" icon={Plus} onClick={create}>
      Create widget
    </Button>
  );
  return (
    <Page
      title="Widgets"
      lead="Cards that agents show in a conversation: an order, a choice of products, a form."
      actions={button}
    >
      {error.value && !all ? (
        <Failure error={error.value} onRetry={refresh} />
      ) : all?.length === 0 ? (
        <NoWidgets />
      ) : (
        <Widgets all={all} />
      )}
    </Page>
  );
}

function NoWidgets() {
  return (
    <>
      <div class="card">
        <EmptyState
          icon={LayoutPanelTop}
          title="No widgets yet"
          actions={
            may("manage") && (
              <Button icon={Plus} onClick={create}>
                Create widget
              </Button>
            )
          }
        >
          A widget is a card with room for data. An action fills it: from the conversation, or with
          what your API answers.
        </EmptyState>
      </div>
      {may("manage") && (
        <section class="stack">
          <h2 class="widgets-head">Begin with one of these</h2>
          <Gallery />
        </section>
      )}
    </>
  );
}

function Widgets({ all }: { all: readonly Widget[] | undefined }) {
  const wanted = place.value.query.get("q") ?? "";
  const shown = all?.filter((one) => fits(one, wanted));
  return (
    <>
      {(wanted || (all && all.length >= SEARCHED_FROM)) && (
        <search class="row">
          <SearchInput
            aria-label="Search widgets"
            placeholder="Search by name or description"
            value={wanted}
            onValue={(q) => setQuery({ q })}
          />
        </search>
      )}
      {shown?.length === 0 && (
        <div class="card">
          <EmptyState
            icon={SearchX}
            title="No widget fits"
            actions={<Button onClick={() => setQuery({ q: undefined })}>Show all widgets</Button>}
          />
        </div>
      )}
      <ul class="widgets-tiles" aria-busy={!all}>
        {shown ? (
          shown.map((one) => (
            <Tile key={one.name} of={one} href={pathOf(one.name)} menu={<More of={one} />} />
          ))
        ) : (
          <TileBars count={6} />
        )}
      </ul>
    </>
  );
}

function fits({ name, title, description }: Widget, wanted: string): boolean {
  const text = [name, title, description].join(" ").toLowerCase();
  return text.includes(wanted.trim().toLowerCase());
}

function More({ of: widget }: { of: Widget }) {
  const changing = [
    {
      label: "Copy",
      icon: Copy,
      onPick: () => void go(`/widgets/new?copy=${encodeURIComponent(widget.name)}`),
    },
    null,
    { label: "Delete", icon: Trash2, danger: true, onPick: () => void remove(widget) },
  ];
  return (
    <Menu
      label={`More for ${titleOf(widget)}`}
      items={[
        {
          label: may("manage") ? "Edit" : "Look at it",
          icon: Pencil,
          onPick: () => void go(pathOf(widget.name)),
        },
        ...(may("manage") ? changing : []),
      ]}
    />
  );
}
