/** Ctrl/Cmd-K: everything that can be done, found by typing. And `?`: the keys. */
import { signal } from "@preact/signals";
import { Search } from "lucide-preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { Dialog, Keys } from "#ui";
import { type Command, commands, search } from "./commands.ts";

export const paletteOpen = signal(false);
export const helpOpen = signal(false);

export function Palette() {
  return paletteOpen.value ? <OpenPalette /> : null;
}

function OpenPalette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const offered = commands.value.filter((one) => !one.keysOnly);
  const found = search(offered, typed);
  const close = () => {
    paletteOpen.value = false;
  };
  const pick = (command: Command | undefined) => {
    if (!command) return;
    close();
    // After the dialog has given the focus back, so that the command may take it.
    setTimeout(command.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter") pick(found[at]);
    else if (step) setAt((now) => (now + step + found.length) % Math.max(found.length, 1));
    else return;
    event.preventDefault();
  };
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: "nearest" });
  }, [at, id]);
  return (
    <dialog
      ref={dialog}
      class="dialog palette"
      aria-label="Commands"
      onCancel={close}
      onMouseDown={(event) => event.target === dialog.current && close()}
    >
      <div class="palette-field">
        <Search size={17} class="icon" />
        <input
          role="combobox"
          aria-label="Search commands"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={found.length ? `${id}-${at}` : undefined}
          placeholder="What would you like to do?"
          autocomplete="off"
          spellcheck={false}
          value={typed}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={`${id}-list`} class="palette-list" role="listbox" aria-label="Commands">
        {found.map((command, index) => (
          <Found
            key={command.id}
            id={`${id}-${index}`}
            command={command}
            selected={index === at}
            onPoint={() => setAt(index)}
            onPick={() => pick(command)}
          />
        ))}
        {found.length === 0 && <p class="palette-none">Nothing fits “{typed}”.</p>}
      </div>
    </dialog>
  );
}

interface FoundProps {
  id: string;
  command: Command;
  selected: boolean;
  onPoint: () => void;
  onPick: () => void;
}

function Found({ id, command, selected, onPoint, onPick }: FoundProps) {
  const Mark = command.icon;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys go to the field, which points here
    // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
    <div id={id} role="option" aria-selected={selected} onMouseMove={onPoint} onClick={onPick}>
      <span class="palette-mark">{Mark && <Mark size={16} />}</span>
      <span class="grow clip">{command.label}</span>
      <span class="soft small">{command.group}</span>
      {command.keys && <Keys of={command.keys} />}
    </div>
  );
}

/** The shortcuts, by group. */
export function ShortcutHelp() {
  if (!helpOpen.value) return null;
  const withKeys = commands.value.filter((one) => one.keys);
  const groups = [...new Set(withKeys.map((one) => one.group))];
  return (
    <Dialog
      title="Keyboard shortcuts"
      onClose={() => {
        helpOpen.value = false;
      }}
    >
      {groups.map((group) => (
        <section key={group} class="stack tight">
          <h3 class="small faint">{group}</h3>
          {withKeys
            .filter((one) => one.group === group)
            .map((one) => (
              <div key={one.id} class="row">
                <span class="grow">{one.label}</span>
                <Keys of={one.keys ?? ""} />
              </div>
            ))}
        </section>
      ))}
    </Dialog>
  );
}
