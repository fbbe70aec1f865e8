/** The left side: where one can go, and what is always at hand. */
import { useSignal } from "@preact/signals";
import { Menu as MenuIcon, Search, X } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { IconButton, Keys } from "#ui";
import { Account } from "./account.tsx";
import mark from "./mark.svg";
import { type PageGroup, pageAt, pagesInSight } from "./pages.ts";
import { paletteOpen } from "./palette.tsx";
import { place } from "./router.ts";

const MAIN_BELOW = 100;

export function Navigation() {
  const open = useSignal(false);
  const { path } = place.value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: arriving anywhere closes it
  useEffect(() => {
    open.value = false;
  }, [path]);
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === "Escape") open.value = false;
    };
    addEventListener("keydown", close);
    return () => removeEventListener("keydown", close);
  }, [open]);
  return (
    <>
      <header class="top-bar">
        <IconButton
          icon={open.value ? X : MenuIcon}
          label={open.value ? "Close navigation" : "Open navigation"}
          aria-expanded={open.value}
          aria-controls="navigation"
          onClick={() => {
            open.value = !open.value;
          }}
        />
        <Brand />
        <IconButton icon={Search} label="Search" tipSide="left" onClick={openPalette} />
      </header>
      <nav id="navigation" class={open.value ? "navigation open" : "navigation"} aria-label="Main">
        <div class="only-desk brand-row">
          <Brand />
        </div>
        <button type="button" class="find" onClick={openPalette}>
          <Search size={15} />
          <span class="grow">Search</span>
          <Keys of="mod k" />
        </button>
        <Links groups={pagesInSight().filter((one) => one.order < MAIN_BELOW)} />
        <Links groups={pagesInSight().filter((one) => one.order >= MAIN_BELOW)} />
        <div class="grow" />
        <Account />
      </nav>
      {open.value && (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape and the button close it too
        // biome-ignore lint/a11y/useKeyWithClickEvents: the same
        <div
          class="curtain"
          onClick={() => {
            open.value = false;
          }}
        />
      )}
    </>
  );
}

function openPalette() {
  paletteOpen.value = true;
}

function Brand() {
  return (
    <a class="brand" href="/">
      <img src={mark} width="24" height="24" alt="" />
      Deftly
    </a>
  );
}

function Links({ groups }: { groups: readonly PageGroup[] }) {
  const here = pageAt(place.value.path)?.group;
  if (groups.length === 0) return null;
  return (
    <ul>
      {groups.map(({ title, icon: Mark, routes: [first] }) => (
        <li key={first.path}>
          <a href={first.path} aria-current={here?.routes[0] === first ? "page" : undefined}>
            <Mark size={17} />
            {title}
          </a>
        </li>
      ))}
    </ul>
  );
}
