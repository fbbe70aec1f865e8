/** Which actions an agent may call: all of them, or those in a list. */
import { useSignal } from "@preact/signals";
import { Checkbox, FieldSet, SearchInput, Skeleton } from "#ui";
import { api } from "../../data/api.ts";
import { resource, useResource } from "../../data/resource.ts";
import type { Draft } from "./draft.ts";

const tools = resource({
  async load(signal) {
    const { actions } = await api.get("/api/custom-actions", { signal });
    return actions
      .map(({ name, description }) => ({ tool: name.toLowerCase(), description }))
      .sort((a, b) => a.tool.localeCompare(b.tool));
  },
  on: ["action.changed", "action.deleted"],
});

// More than a person reads; the search finds the others.
const SHOWN = 200;

interface PickerProps {
  value: Draft["actions"];
  onValue: (value: Draft["actions"]) => void;
  disabled: boolean;
}

export function ActionPicker({ value, onValue, disabled }: PickerProps) {
  return (
    <FieldSet legend="Actions it may call" path="actions">
      <Checkbox
        label="All actions"
        hint="Those you add later too."
        checked={value === "all"}
        disabled={disabled}
        onChecked={(on) => onValue(on ? "all" : [])}
      />
      {value !== "all" && <Choices value={value} onValue={onValue} disabled={disabled} />}
    </FieldSet>
  );
}

interface ChoicesProps extends Omit<PickerProps, "value"> {
  value: readonly string[];
}

function Choices({ value, onValue, disabled }: ChoicesProps) {
  const typed = useSignal("");
  const known = useResource(tools).value.value;
  if (!known) return <Skeleton width="50%" />;
  const wanted = typed.value.trim().toLowerCase();
  const fitting = withMissing(known, value).filter(({ tool }) => tool.includes(wanted));
  const toggle = (tool: string, on: boolean) =>
    onValue(on ? [...value, tool] : value.filter((one) => one !== tool));
  return (
    <div class="agents-picker">
      <SearchInput
        aria-label="Search actions"
        placeholder="Search actions"
        value={typed.value}
        onValue={(text) => {
          typed.value = text;
        }}
      />
      <div class="agents-choices">
        {fitting.slice(0, SHOWN).map(({ tool, description }) => (
          <Checkbox
            key={tool}
            label={<code>{tool}</code>}
            hint={description}
            checked={value.includes(tool)}
            disabled={disabled}
            onChecked={(on) => toggle(tool, on)}
          />
        ))}
        {fitting.length === 0 && <p class="soft">No action fits.</p>}
        {fitting.length > SHOWN && (
          <p class="soft">{fitting.length - SHOWN} more: search for them.</p>
        )}
      </div>
      <p class="soft small">
        {value.length === 0 ? "It can call nothing and only talks." : `${value.length} chosen.`}
      </p>
    </div>
  );
}

interface Choice {
  tool: string;
  description: string;
}

/** What is chosen and gone stays in sight, so that it can be taken out. */
function withMissing(known: readonly Choice[], chosen: readonly string[]): Choice[] {
  const names = new Set(known.map((one) => one.tool));
  const missing = chosen.filter((tool) => !names.has(tool));
  const description = "There is no such action.";
  return [...missing.map((tool) => ({ tool, description })), ...known];
}
