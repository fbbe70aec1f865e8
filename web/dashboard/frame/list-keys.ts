/** The keys of every list: one row on, one row back, to the search. */
import { ArrowDown, ArrowUp, Search } from "lucide-preact";
import { type Command, useCommands } from "./commands.ts";

/** Offer them while the list is drawn; once a row has the focus, the table itself hears the keys. */
export function useListKeys({ search = false, rows = true } = {}): void {
  useCommands([...(search ? [SEARCH] : []), ...(rows ? STEPS : [])]);
}

const group = "Lists";

const STEPS: readonly Command[] = [
  {
    id: "list.next",
    label: "To the next row; Enter opens it",
    icon: ArrowDown,
    group,
    keys: "j",
    keysOnly: true,
    run: toRow,
  },
  {
    id: "list.previous",
    label: "To the row before",
    icon: ArrowUp,
    group,
    keys: "k",
    keysOnly: true,
    run: toRow,
  },
];

const SEARCH: Command = {
  id: "list.search",
  label: "Search this list",
  icon: Search,
  group,
  keys: "/",
  run: () => focus("main input[type=search]"),
};

function toRow(): void {
  focus('main .table tr.open[tabindex="0"]');
}

function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus();
}
