/** What pages there are: every `pages/<name>/route.ts` says so itself. */
import type { ComponentType } from "preact";
import type { Scope } from "#protocol";
import type { Icon } from "#ui";
import { may } from "../data/session.ts";
import { namesIn } from "./router.ts";

/** A path's names (`/actions/:id` gives `id`), handed to the page. */
export type PathNames = Record<string, string>;

export interface Route {
  /** The first one is where the navigation leads. */
  path: string;
  /** The page's code, loaded when it is first opened: `() => import("./list.tsx")`. */
  load: () => Promise<{ default: ComponentType<PathNames> }>;
  /** Who may open it, where that is not the group's. */
  scope?: Scope;
}

export interface PageGroup {
  title: string;
  icon: Icon;
  /** Place in the navigation, from 10 up; those below 100 come first, the others under a line. */
  order: number;
  /** Who sees it. */
  scope: Scope;
  /** `g` and this key lead there. */
  key?: string;
  routes: readonly [Route, ...Route[]];
}

/** Names one page of a group; for types only. */
export function pageGroup(group: PageGroup): PageGroup {
  return group;
}

const found = import.meta.glob<{ default: PageGroup }>("../pages/*/route.ts", { eager: true });

export const PAGES: readonly PageGroup[] = Object.values(found)
  .map((module) => module.default)
  .sort((a, b) => a.order - b.order);

export function pagesInSight(): PageGroup[] {
  return PAGES.filter((page) => may(page.scope));
}

export interface Match {
  group: PageGroup;
  route: Route;
  names: PathNames;
}

/** The page at a path; fixed words win over names: `/actions/new` over `/actions/:id`. */
export function pageAt(path: string): Match | undefined {
  const matches = PAGES.flatMap((group) =>
    group.routes.flatMap((route) => {
      const names = namesIn(route.path, path);
      return names ? [{ group, route, names }] : [];
    }),
  );
  const fewest = (a: Match, b: Match) => Object.keys(a.names).length - Object.keys(b.names).length;
  return matches.sort(fewest)[0];
}
