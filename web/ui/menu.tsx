import { EllipsisVertical } from "lucide-preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { type Icon, IconButton } from "./button.tsx";

export interface MenuItem {
  label: string;
  icon?: Icon | undefined;
  danger?: boolean | undefined;
  disabled?: boolean | undefined;
  onPick: () => void;
}

interface MenuProps {
  label: string;
  icon?: Icon | undefined;
  /** `null` draws a line. */
  items: readonly (MenuItem | null)[];
}

const GAP_PX = 6;
const EDGE_PX = 8;

/** A button with a list of things to do; arrows move, Escape closes, the focus comes back. */
export function Menu({ label, icon = EllipsisVertical, items }: MenuProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const choices = () => [
    ...(list.current?.querySelectorAll<HTMLElement>("[role=menuitem]:not(:disabled)") ?? []),
  ];
  // Long lists have a menu in every row: what is in it is drawn when it is first opened.
  const [asked, setAsked] = useState<{ button: HTMLElement } | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once for each time it is asked for
  useLayoutEffect(() => {
    const menu = list.current;
    if (!menu || !asked) return;
    menu.showPopover();
    place(menu, asked.button.getBoundingClientRect());
    choices()[0]?.focus();
  }, [asked]);
  const move = (event: KeyboardEvent) => {
    const found = choices();
    const at = found.indexOf(document.activeElement as HTMLElement);
    const to = {
      ArrowDown: (at + 1) % found.length,
      ArrowUp: (at - 1 + found.length) % found.length,
      Home: 0,
      End: found.length - 1,
    }[event.key];
    if (event.key === "Tab") list.current?.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    found[to]?.focus();
  };
  return (
    <>
      <IconButton
        icon={icon}
        label={label}
        tipSide="left"
        aria-haspopup="menu"
        aria-controls={id}
        onClick={(event) => {
          event.stopPropagation();
          setAsked({ button: event.currentTarget });
        }}
      />
      <div
        ref={list}
        id={id}
        class="menu"
        popover="auto"
        role="menu"
        aria-label={label}
        onKeyDown={move}
      >
        {asked &&
          items.map((item, index) =>
            item === null ? (
              <hr key={index} />
            ) : (
              <Choice key={item.label} item={item} close={() => list.current?.hidePopover()} />
            ),
          )}
      </div>
    </>
  );
}

function Choice({ item, close }: { item: MenuItem; close: () => void }) {
  const Mark = item.icon;
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      class={item.danger ? "danger" : ""}
      disabled={item.disabled}
      onClick={(event) => {
        event.stopPropagation();
        close();
        item.onPick();
      }}
    >
      {Mark && <Mark class="icon" size={16} />}
      {item.label}
    </button>
  );
}

/** Under the button, its right edges in line, and always on the screen. */
function place(menu: HTMLElement, button: DOMRect): void {
  const { width, height } = menu.getBoundingClientRect();
  const below = button.bottom + GAP_PX;
  const fits = below + height <= innerHeight - EDGE_PX;
  const top = fits ? below : Math.max(EDGE_PX, button.top - GAP_PX - height);
  const left = Math.min(innerWidth - width - EDGE_PX, Math.max(EDGE_PX, button.right - width));
  menu.style.top = `${top}px`;
  menu.style.left = `${left}px`;
}
