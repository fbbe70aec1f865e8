/** What was found: searched, ticked, looked at one by one, and stored. */
import { useSignal } from "@preact/signals";
import { Save, SearchX } from "lucide-preact";
import { useMemo } from "preact/hooks";
import { Banner, Button, EmptyState, SearchInput, Select, Table } from "#ui";
import { useResource } from "../../data/resource.ts";
import { actions, secretNames } from "../actions/actions.ts";
import { columns } from "./columns.tsx";
import { Detail } from "./detail.tsx";
import { type Filter, fits, type Item, type Judgement, judge, methodOf } from "./items.ts";
import { Refusals } from "./refusals.tsx";
import { existing, type Found, fault, rename, select, selected, waiting } from "./state.ts";
import { save } from "./work.ts";

const ALL: Filter = { words: "", method: "", show: "" };

export function Review({ found }: { found: Found }) {
  const filter = useSignal(ALL);
  const open = useSignal<number | undefined>(undefined);
  const known = useResource(secretNames).value.value;
  useResource(actions);
  const [items, ticked, taken] = [waiting.value, selected.value, existing.value];
  const judged = useMemo(() => judge(items, ticked, taken, known), [items, ticked, taken, known]);
  const rows = useMemo(
    () => items.filter((one) => fits(one, filter.value, judged, ticked)),
    [items, filter.value, judged, ticked],
  );
  const chosen = items.filter((one) => ticked.has(one.key));
  const ready = chosen.filter((one) => !judged.problems.has(one.key));
  return (
    <>
      {fault.value && <Banner kind="bad">{fault.value.message}</Banner>}
      <Refusals found={found} />
      {items.length > 0 && (
        <>
          <Filters items={items} filter={filter.value} onFilter={(next) => (filter.value = next)} />
          <Table
            label="Found"
            columns={columns(judged)}
            rows={rows}
            rowKey={(item) => String(item.key)}
            onOpen={(item) => {
              open.value = item.key;
            }}
            empty={
              <EmptyState icon={SearchX} title="Nothing fits">
                None of the {items.length.toLocaleString()} fits the search and the filters.
              </EmptyState>
            }
          />
          <Hints chosen={chosen} judged={judged} />
          <div class="import-bar">
            <span class="grow" role="status">
              {chosen.length.toLocaleString()} of {items.length.toLocaleString()} selected
            </span>
            <Button size="small" onClick={() => select(keysOf(rows), true)}>
              Select {rows.length === items.length ? "all" : `these ${rows.length}`}
            </Button>
            <Button size="small" onClick={() => select(keysOf(rows), false)}>
              Select none
            </Button>
            <Button
              kind="primary"
              icon={Save}
              disabled={ready.length === 0}
              onClick={() => save(ready)}
            >
              {saying(ready.length)}
            </Button>
          </div>
        </>
      )}
      {open.value !== undefined && (
        <Detail
          rows={rows}
          at={open.value}
          judged={judged}
          onMove={(key) => {
            open.value = key;
          }}
        />
      )}
    </>
  );
}

function saying(count: number): string {
  if (count === 0) return "Save";
  return count === 1 ? "Save 1 action" : `Save ${count.toLocaleString()} actions`;
}

const keysOf = (items: readonly Item[]) => items.map((one) => one.key);

interface FiltersProps {
  items: readonly Item[];
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

const SHOWN = [
  { value: "", label: "All" },
  { value: "selected", label: "Selected" },
  { value: "notes", label: "With notes" },
];

function Filters({ items, filter, onFilter }: FiltersProps) {
  const methods = useMemo(() => [...new Set(items.map(methodOf))].filter(Boolean).sort(), [items]);
  const options = [
    { value: "", label: "Any method" },
    { value: "reads", label: "Reads" },
    { value: "writes", label: "Writes" },
    ...methods.map((value) => ({ value, label: value })),
  ];
  return (
    <div class="row wrap import-filters">
      <SearchInput
        aria-label="Search what was found"
        placeholder="Search by name, path or description"
        value={filter.words}
        onValue={(words) => onFilter({ ...filter, words })}
      />
      <Select
        aria-label="Method"
        class="import-filter"
        value={filter.method}
        options={options}
        onValue={(method) => onFilter({ ...filter, method })}
      />
      <Select
        aria-label="Show"
        class="import-filter"
        value={filter.show}
        options={SHOWN}
        onValue={(show) => onFilter({ ...filter, show })}
      />
    </div>
  );
}

const NAMED = 5;

/** What stands against saving, or against a call afterwards. */
function Hints({ chosen, judged }: { chosen: readonly Item[]; judged: Judgement }) {
  const blocked = chosen.filter((one) => judged.problems.has(one.key));
  const missing = [...new Set(chosen.flatMap((one) => judged.missing.get(one.key) ?? []))];
  return (
    <>
      {blocked.length > 0 && (
        <Banner
          kind="warn"
          action={
            <Button size="small" onClick={() => rename(blocked)}>
              Number {blocked.length === 1 ? "it" : "them"}
            </Button>
          }
        >
          {blocked.length === 1
            ? "1 of the selected has a name that cannot be used; it is left out unless it gets another."
            : `${blocked.length.toLocaleString()} of the selected have names that cannot be used; they are left out unless they get others.`}
        </Banner>
      )}
      {missing.length > 0 && (
        <Banner kind="info">
          Their calls need {missing.length === 1 ? "a secret" : "secrets"} that nobody has stored
          yet: <code>{missing.slice(0, NAMED).join(", ")}</code>
          {missing.length > NAMED && ` and ${missing.length - NAMED} more`}. You can save first, and
          add {missing.length === 1 ? "it" : "them"} under <a href="/secrets">Secrets</a>.
        </Banner>
      )}
    </>
  );
}
