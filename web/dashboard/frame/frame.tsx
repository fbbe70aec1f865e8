/** Everything around a page. */

import { useSignal } from "@preact/signals";
import { Keyboard, LogOut, Moon, Search, Sun } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { Banner, failed, OpenQuestion, setTheme, Toasts } from "#ui";
import { follow, online } from "../data/events.ts";
import { caller, may, session, signInByLink, signOut } from "../data/session.ts";
import { addCommands, type Command } from "./commands.ts";
import { Invitation } from "./invitation.tsx";
import { Navigation } from "./navigation.tsx";
import { Outlet } from "./outlet.tsx";
import { pagesInSight } from "./pages.ts";
import { helpOpen, Palette, paletteOpen, ShortcutHelp } from "./palette.tsx";
import { go, place } from "./router.ts";
import { SignIn } from "./sign-in.tsx";

const LOGIN = "/login";
const INVITATION = "/invitation";
// Where somebody who is signed in has nothing to look for.
const START: ReadonlySet<string> = new Set(["/", LOGIN, INVITATION]);

export function App() {
  const now = session.value;
  const { path } = place.value;
  const linked = path === LOGIN && location.hash.length > 1;
  useEffect(() => {
    if (!linked) return;
    const token = location.hash.slice(1);
    // Out of the address, and of the history, before anything else.
    history.replaceState(null, "", LOGIN);
    signInByLink(token);
  }, [linked]);
  const invitation = useSignal("");
  const invited = path === INVITATION && location.hash.length > 1;
  useEffect(() => {
    if (!invited) return;
    invitation.value = location.hash.slice(1);
    history.replaceState(null, "", INVITATION);
  }, [invited, invitation]);
  const done = () => {
    invitation.value = "";
  };
  const away = now.state === "in" && START.has(path);
  useEffect(() => {
    if (away) go(pagesInSight()[0]?.routes[0].path ?? "/docs", { replace: true });
  }, [away]);
  if (invited) return null;
  if (invitation.value) return <Invitation token={invitation.value} onDone={done} />;
  switch (now.state) {
    case "checking":
      return null;
    case "out":
      return linked ? null : <SignIn session={now} />;
    case "in":
      return <Frame />;
  }
}

function Frame() {
  const main = useRef<HTMLElement>(null);
  const { path } = place.value;
  useEffect(() => {
    if (!may("read")) return;
    const stop = new AbortController();
    follow(stop.signal);
    return () => stop.abort();
  }, []);
  const scopes = caller.value?.scopes.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: other scopes, other pages
  useEffect(() => addCommands(everywhere()), [scopes]);
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page is where reading goes on
  useEffect(() => {
    if (!first.current) main.current?.focus({ preventScroll: true });
    first.current = false;
  }, [path]);
  return (
    <div class="frame">
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to the page
      </button>
      <Navigation />
      <main id="main" ref={main} tabIndex={-1}>
        {!online.value && (
          <div class="offline">
            <Banner kind="warn">
              The server does not answer. What you see may be old; this goes on by itself.
            </Banner>
          </div>
        )}
        <Outlet />
      </main>
      <Palette />
      <ShortcutHelp />
      <OpenQuestion />
      <Toasts />
    </div>
  );
}

function everywhere(): Command[] {
  const pages = pagesInSight().map(({ title, icon, key, routes: [{ path }] }) => ({
    id: `go ${path}`,
    label: title,
    icon,
    group: "Go to",
    ...(key ? { keys: `g ${key}` } : {}),
    run: () => void go(path),
  }));
  return [...pages, ...GENERAL];
}

const GENERAL: readonly Command[] = [
  {
    id: "palette",
    label: "Search commands",
    icon: Search,
    group: "General",
    keys: "mod k",
    run: () => {
      paletteOpen.value = true;
    },
  },
  {
    id: "help",
    label: "Keyboard shortcuts",
    icon: Keyboard,
    group: "General",
    keys: "?",
    run: () => {
      helpOpen.value = true;
    },
  },
  {
    id: "light",
    label: "Light theme",
    icon: Sun,
    group: "General",
    run: () => setTheme("light"),
  },
  { id: "dark", label: "Dark theme", icon: Moon, group: "General", run: () => setTheme("dark") },
  {
    id: "sign out",
    label: "Sign out",
    icon: LogOut,
    group: "General",
    words: "log out leave",
    run: () => void signOut().catch(failed),
  },
];
