/** The address bar: where we are, and how to get elsewhere. */
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { ask } from "#ui";

export interface Place {
  path: string;
  query: URLSearchParams;
}

function here(): Place {
  return { path: location.pathname, query: new URLSearchParams(location.search) };
}

export const place = signal<Place>(here());

type Guard = () => string | undefined;
const guards = new Set<Guard>();
let position = 0;

/** Whether the page may be left; somebody with unsaved changes is asked. */
async function mayLeave(): Promise<boolean> {
  const reasons = [...guards].map((guard) => guard()).filter((reason) => reason !== undefined);
  if (reasons.length === 0) return true;
  return ask({
    title: "Leave without saving?",
    body: reasons.join(" "),
    yes: "Leave",
    no: "Stay",
    danger: true,
  });
}

/** Go to a path of ours; `replace` leaves no way back to the present one. */
export async function go(to: string, { replace = false } = {}): Promise<void> {
  if (!replace && !(await mayLeave())) return;
  if (!replace) position += 1;
  history[replace ? "replaceState" : "pushState"]({ position }, "", to);
  arrive();
  if (!replace) scrollTo(0, 0);
}

/** Change what stands behind the question mark, for filters: the page stays as it is. */
export function setQuery(changes: Record<string, string | undefined>): void {
  const query = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  const search = query.size ? `?${query}` : "";
  history.replaceState(history.state, "", `${location.pathname}${search}`);
  arrive();
}

function arrive(): void {
  place.value = here();
}

/** Keep unsaved changes: `reason` is a sentence, or undefined while nothing would be lost. */
export function useGuard(reason: string | undefined): void {
  useEffect(() => {
    if (reason === undefined) return;
    const guard = () => reason;
    const unload = (event: BeforeUnloadEvent) => event.preventDefault();
    guards.add(guard);
    addEventListener("beforeunload", unload);
    return () => {
      guards.delete(guard);
      removeEventListener("beforeunload", unload);
    };
  }, [reason]);
}

/** Follow the browser's buttons, and turn clicks on our links into steps without a reload. */
export function startRouter(): void {
  position = Number(history.state?.position ?? 0);
  let undoing = false;
  addEventListener("popstate", async (event) => {
    const to = Number((event.state as { position?: number } | null)?.position ?? 0);
    if (undoing) {
      undoing = false;
      return;
    }
    if (guards.size > 0) {
      const steps = to - position;
      undoing = true;
      history.go(-steps);
      if (!(await mayLeave())) return;
      guards.clear();
      history.go(steps);
      return;
    }
    position = to;
    arrive();
  });
  document.addEventListener("click", (event) => {
    const link = linkOf(event);
    if (!link) return;
    event.preventDefault();
    go(link.pathname + link.search + link.hash);
  });
}

const NOT_OURS = /^\/(api|docs|metrics|openapi\.json|health)(\/|$)/;

function linkOf(event: MouseEvent): HTMLAnchorElement | undefined {
  const plain =
    event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  const link = (event.target as Element | null)?.closest?.("a[href]");
  if (!plain || event.defaultPrevented || !(link instanceof HTMLAnchorElement)) return undefined;
  const ours = link.origin === location.origin && !NOT_OURS.test(link.pathname);
  return ours && !link.target && !link.download ? link : undefined;
}

/** Fit `/actions/:id` to a path and return the names' values. */
export function namesIn(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const given = path.replace(/\/$/, "").split("/");
  if (wanted.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = given[index] ?? "";
    if (part.startsWith(":") && text) found[part.slice(1)] = decoded(text);
    else if (part !== text) return undefined;
  }
  return found;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
