/** Widgets as the server keeps them, and what is done to one from more than one place. */
import { ask, failed, told } from "#ui";
import { api } from "../../data/api.ts";
import { type Resource, resource } from "../../data/resource.ts";
import type { Widget } from "./draft.ts";

const ONE = "/api/widgets/{name}";

export const widgets = resource({
  load: async (signal) => (await api.get("/api/widgets", { signal })).widgets,
  on: ["widget.changed", "widget.deleted"],
});

export const gallery = resource({
  load: async (signal) => (await api.get("/api/widgets/gallery", { signal })).widgets,
});

export async function loadStored(name: string, signal: AbortSignal) {
  const { etag, body } = await api.tagged(ONE, { path: { name }, signal });
  return { ...body, etag };
}

/** A widget with what may surprise its author, and the ETag an edit starts from. */
export type Stored = Awaited<ReturnType<typeof loadStored>>;

export function widgetNamed(name: string): Resource<Stored> {
  return resource({
    load: (signal) => loadStored(name, signal),
    on: ["widget.changed", "widget.deleted", "action.changed", "action.deleted"],
  });
}

/** What creating a widget was told to look at, for the editor that opens after it. */
export const newWarnings = new Map<string, readonly string[]>();

export function titleOf(widget: Pick<Widget, "name" | "title">): string {
  return widget.title || widget.name;
}

export function pathOf(name: string): string {
  return `/widgets/${encodeURIComponent(name)}`;
}

/** Ask, then delete; resolves with whether it is gone. */
export async function remove(widget: Widget): Promise<boolean> {
  const sure = await ask({
    title: `Delete “${titleOf(widget)}”?`,
    body: "Actions that show it stay; their calls end without a card. Cards that were shown stay in their conversations.",
    yes: "Delete widget",
    danger: true,
  });
  if (!sure) return false;
  try {
    await api.delete(ONE, { path: { name: widget.name } });
    widgets.change((all) => all.filter((one) => one.name !== widget.name));
    told(`“${titleOf(widget)}” is deleted.`, () => bringBack(widget));
    return true;
  } catch (fault) {
    failed(fault);
    return false;
  }
}

/** Store a deleted widget anew; the actions that showed it show it again. */
async function bringBack(widget: Widget): Promise<void> {
  const { id, version, createdAt, updatedAt, ...said } = widget;
  const given = Object.entries(said).filter(([, value]) => value !== null);
  try {
    const made = await api.post("/api/widgets", {
      ...Object.fromEntries(given),
      name: widget.name,
      template: widget.template,
      action: false,
    });
    widgets.change((all) => [...all.filter((one) => one.name !== made.widget.name), made.widget]);
    told(`“${titleOf(widget)}” is back.`);
  } catch (fault) {
    failed(fault);
  }
}
