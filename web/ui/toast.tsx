/** Short messages that go away by themselves, with a way back where there is one. */
import { signal } from "@preact/signals";
import { CircleAlert, CircleCheck, X } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { Button, IconButton } from "./button.tsx";

interface Toast {
  id: number;
  kind: "good" | "bad";
  message: string;
  undo?: (() => void) | undefined;
}

const SHOWN_MS = 6_000;
const AT_MOST = 4;
const shown = signal<readonly Toast[]>([]);
let count = 0;

function add(toast: Omit<Toast, "id">): void {
  count += 1;
  // What is said again is said once; a way back is its own each time.
  const others = shown
    .peek()
    .filter((one) => one.undo || one.kind !== toast.kind || one.message !== toast.message);
  shown.value = [...others, { ...toast, id: count }].slice(-AT_MOST);
}

function drop(id: number): void {
  shown.value = shown.peek().filter((one) => one.id !== id);
}

/** Say that something was done; `undo` offers the way back for as long as it is shown. */
export function told(message: string, undo?: () => void): void {
  add({ kind: "good", message, undo });
}

/** Say that something failed, in the words of the error. */
export function failed(error: unknown): void {
  add({ kind: "bad", message: error instanceof Error ? error.message : String(error) });
}

/** Drawn once, by the frame. */
export function Toasts() {
  const box = useRef<HTMLDivElement>(null);
  const any = shown.value.length > 0;
  useEffect(() => {
    // In the top layer, and put there anew for each, so that no dialog covers them.
    if (!any) box.current?.hidePopover();
    else {
      box.current?.hidePopover();
      box.current?.showPopover();
    }
  });
  return (
    <div ref={box} class="toasts" popover="manual" role="status" aria-live="polite">
      {shown.value.map((one) => (
        <OneToast key={one.id} toast={one} />
      ))}
    </div>
  );
}

function OneToast({ toast }: { toast: Toast }) {
  const held = useRef(false);
  useEffect(() => {
    const timer = setInterval(() => held.current || drop(toast.id), SHOWN_MS);
    return () => clearInterval(timer);
  }, [toast.id]);
  const Mark = toast.kind === "good" ? CircleCheck : CircleAlert;
  const hold = (value: boolean) => () => {
    held.current = value;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while it is being read
    <div
      class={`toast ${toast.kind}`}
      onMouseEnter={hold(true)}
      onMouseLeave={hold(false)}
      onFocusIn={hold(true)}
      onFocusOut={hold(false)}
    >
      <Mark class="icon" size={17} />
      <span class="message">{toast.message}</span>
      {toast.undo && (
        <Button
          size="small"
          onClick={() => {
            drop(toast.id);
            toast.undo?.();
          }}
        >
          Undo
        </Button>
      )}
      <IconButton icon={X} label="Dismiss" onClick={() => drop(toast.id)} />
    </div>
  );
}
