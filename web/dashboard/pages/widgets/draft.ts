/** A widget as it is being typed, and as the server takes it. */
import type { Schemas } from "#protocol";
import { ApiError } from "../../data/api.ts";
import { indented, jsonFault, parsed, sameJson } from "../../data/json.ts";
import { changedIn, type Merged, mergedWith } from "../../data/merging.ts";

export type Widget = Schemas["Widget"];
export type Definition = Schemas["WidgetDraft"];
/** What a definition says of a widget, whether or not it is stored. */
export type Said = Pick<
  Definition,
  "title" | "description" | "template" | "dataSchema" | "exampleData"
> & { name?: string | undefined };

/** Texts as they are typed; the last three are JSON. */
export interface Draft {
  name: string;
  title: string;
  description: string;
  template: string;
  exampleData: string;
  dataSchema: string;
}

export type FieldName = keyof Draft;

export const FIELDS: Readonly<Record<FieldName, string>> = {
  name: "Name",
  title: "Title",
  description: "Description",
  template: "Template",
  exampleData: "Example data",
  dataSchema: "Data schema",
};

/** What to begin with when one begins with nothing. */
export const EMPTY: Draft = draftOf({
  template: {
    type: "AdaptiveCard",
    version: "1.5",
    body: [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the template language's
      { type: "TextBlock", text: "Hello ${name}", size: "large", weight: "bolder", wrap: true },
    ],
  },
  exampleData: { name: "Ada" },
});

export function draftOf({
  name,
  title,
  description,
  template,
  exampleData,
  dataSchema,
}: Said): Draft {
  return {
    name: name ?? "",
    title: title ?? "",
    description: description ?? "",
    template: indented(template),
    exampleData: indented(exampleData ?? {}),
    dataSchema: dataSchema ? indented(dataSchema) : "",
  };
}

const CODE = ["template", "exampleData", "dataSchema"] as const;
type Code = (typeof CODE)[number];

/** What keeps a text from being sent at all; a schema may be left out. */
export function faultIn(draft: Draft, field: Code): string | undefined {
  const text = draft[field];
  return field === "dataSchema" && !text.trim() ? undefined : jsonFault(text);
}

const NAME = /^[a-z0-9]+(_[a-z0-9]+)*$/;

/** What is wrong with a name already, before anybody asks the server. */
export function nameFault(name: string): string | undefined {
  return NAME.test(name)
    ? undefined
    : "Use lower-case letters, digits and single underscores, such as order_card.";
}

/** What the draft says, in full.
 *
 * Throws an `ApiError` for what cannot be sent at all: a text that is no JSON.
 */
export function definitionOf(draft: Draft): Definition {
  const faults = CODE.flatMap((path) => {
    const message = faultIn(draft, path);
    return message ? [{ path, message }] : [];
  });
  if (faults[0]) throw new ApiError(400, "invalid", faults[0].message, faults);
  return {
    name: draft.name.trim(),
    title: draft.title.trim(),
    description: draft.description.trim(),
    template: parsed(draft.template) as Definition["template"],
    exampleData: parsed(draft.exampleData) as Definition["exampleData"] & object,
    // An empty text takes a schema away.
    dataSchema: (parsed(draft.dataSchema) ?? "") as Definition["dataSchema"] & object,
  };
}

/** What to send of an edit: the members that differ. */
export function patchOf(before: Draft, after: Draft): Schemas["WidgetPatch"] {
  const all = definitionOf(after);
  return Object.fromEntries(changed(before, after).map((field) => [field, all[field]]));
}

/** What to send of a new one: what is left out is the server's to fill. */
export function creationOf(draft: Draft, withAction: boolean): Definition {
  const given = Object.entries(definitionOf(draft)).filter(
    ([, value]) => (value as unknown) !== "",
  );
  return { ...Object.fromEntries(given), action: withAction } as Definition;
}

/** JSON that only stands differently is the same. */
function same(a: Draft, b: Draft, field: FieldName): boolean {
  const [one, other] = [a[field], b[field]];
  if (one === other) return true;
  const [left, right] = [parsed(one), parsed(other)];
  return left !== undefined && right !== undefined && sameJson(left, right) && isCode(field);
}

function isCode(field: FieldName): field is Code {
  return CODE.some((one) => one === field);
}

export function changed(before: Draft, after: Draft): FieldName[] {
  return changedIn(before, after, same);
}

export function merge(base: Draft, ours: Draft, theirs: Draft): Merged<Draft> {
  return mergedWith(base, ours, theirs, same);
}
