/** What the list of runs can be narrowed to; all of it stands in the address. */
import { X } from "lucide-preact";
import { useId, useState } from "preact/hooks";
import { Button, exactly, SearchInput, Select } from "#ui";
import { useResource } from "../../data/resource.ts";
import { setQuery } from "../../frame/router.ts";
import { actionNames, offers } from "./actions.ts";
import type { Filter } from "./feed.ts";
import { STATUS_OPTIONS, TRIGGER_OPTIONS } from "./words.ts";

export function Filters({ filter }: { filter: Filter }) {
  return (
    <search class="runs-filters">
      <ActionFilter action={filter.action} />
      <Select
        aria-label="Status"
        value={filter.status ?? ""}
        options={STATUS_OPTIONS}
        onValue={(status) => setQuery({ status })}
      />
      <Select
        aria-label="Trigger"
        value={filter.trigger ?? ""}
        options={TRIGGER_OPTIONS}
        onValue={(trigger) => setQuery({ trigger })}
      />
      {filter.conversationId && (
        <Button icon={X} onClick={() => setQuery({ conversation: undefined })}>
          Of one conversation
        </Button>
      )}
      {filter.before && (
        <Button icon={X} onClick={() => setQuery({ before: undefined })}>
          Before {exactly(filter.before)}
        </Button>
      )}
    </search>
  );
}

const GONE = "an action that is gone";

/** A field, not a list: there may be thousands. What is a whole name narrows the list. */
function ActionFilter({ action }: { action: string | null }) {
  const id = useId();
  const known = useResource(actionNames).value.value;
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const chosen = action ? (known?.nameOf.get(action) ?? (known ? GONE : "")) : "";
  const shown = typed ?? chosen;
  const offered = offers(known?.names ?? [], shown);
  const type = (text: string) => {
    const found = known?.idOf.get(text.trim().toLowerCase());
    setTyped(found || !text ? undefined : text);
    if (found || !text) setQuery({ action: found });
  };
  return (
    <>
      <SearchInput
        aria-label="Action"
        placeholder="Any action"
        {...{ list: id }}
        value={shown}
        onValue={type}
        onKeyDown={(event) => event.key === "Enter" && offered[0] && type(offered[0])}
        onBlur={() => setTyped(undefined)}
      />
      <datalist id={id}>
        {offered.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}
