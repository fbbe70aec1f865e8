/** Which actions a search and the filters pick. */
import type { Option } from "#ui";
import type { Action } from "./draft.ts";
import { shapeOf } from "./handler.ts";
import { KINDS, type Shape } from "./kinds.ts";

export const MODES: readonly Option[] = [
  { value: "", label: "Any mode" },
  { value: "confirm", label: "Asks first" },
  { value: "auto", label: "Runs at once" },
];

export const STATES: readonly Option[] = [
  { value: "", label: "Any state" },
  { value: "on", label: "On" },
  { value: "off", label: "Off" },
];

/** The types there are actions of. */
export function typesOf(all: readonly Action[]): readonly Option[] {
  const present = new Set(all.map(shapeOf));
  const shapes = (Object.keys(KINDS) as Shape[]).filter((one) => present.has(one));
  return [
    { value: "", label: "Any type" },
    ...shapes.map((value) => ({ value, label: KINDS[value].label })),
  ];
}

/** Those that hold every word of `q` and fit `type`, `mode` and `state`. */
export function found(all: readonly Action[], query: URLSearchParams): readonly Action[] {
  const words = (query.get("q") ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const [type, mode, state] = ["type", "mode", "state"].map((name) => query.get(name));
  if (!words.length && !type && !mode && !state) return all;
  return all.filter(
    (action) =>
      (!type || shapeOf(action) === type) &&
      (!mode || action.executionMode === mode) &&
      (!state || (action.enabled ? "on" : "off") === state) &&
      words.every((word) => textOf(action).includes(word)),
  );
}

const texts = new WeakMap<Action, string>();

/** What is searched; made once for each version, as thousands are looked through at every key. */
function textOf(action: Action): string {
  const known = texts.get(action);
  if (known !== undefined) return known;
  const { name, description, similes = [] } = action;
  const text = [name, name.replaceAll("_", " "), description, ...similes].join(" ").toLowerCase();
  texts.set(action, text);
  return text;
}
