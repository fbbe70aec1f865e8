/** A code editor, loaded when the first one is drawn. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { CodeHandle, CodeOptions } from "./code-mirror.ts";
import { useWiring, type Wiring } from "./field.tsx";
import { Skeleton } from "./states.tsx";

export type { LineFault, Mark, Members, Offer, Placeholders } from "./code-offers.ts";

export interface CodeEditorProps extends Omit<CodeOptions, "onValue"> {
  value: string;
  onValue?: ((value: string) => void) | undefined;
  /** Read out; a Field around it is enough. */
  label?: string | undefined;
  rows?: number | undefined;
}

const LINE_PX = 20;
const LEAVING = "Escape, then Tab leaves the editor.";

export function CodeEditor({ value, onValue, label, rows = 6, ...options }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const handle = useRef<CodeHandle>(undefined);
  const [ready, setReady] = useState(false);
  const wiring = useWiring();
  // What was typed and has not come back as the value yet; typing is faster than drawing.
  const typed = useRef<string[]>([]);
  const latest = useRef({ value, onValue });
  latest.current = { value, onValue };
  // biome-ignore lint/correctness/useExhaustiveDependencies: made once; what changes follows below
  useEffect(() => {
    let gone = false;
    import("./code-mirror.ts").then(({ mountCode }) => {
      if (gone || !host.current) return;
      const { value } = latest.current;
      handle.current = mountCode(host.current, value, {
        ...options,
        onValue: (next) => {
          typed.current.push(next);
          latest.current.onValue?.(next);
        },
      });
      setReady(true);
    });
    return () => {
      gone = true;
      handle.current?.destroy();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told again once the editor is there
  useEffect(() => {
    const seen = typed.current.lastIndexOf(value);
    typed.current.splice(0, seen < 0 ? typed.current.length : seen + 1);
    if (seen < 0) handle.current?.setValue(value);
  }, [value, ready]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same
  useEffect(
    () => handle.current?.setAids(options),
    [options.placeholders, options.members, options.fault, ready],
  );
  const leaving = options.single || options.readOnly ? "" : LEAVING;
  const invalid = wiring["aria-invalid"] !== undefined;
  // What a field says of its control may change with every drawing.
  useEffect(() =>
    handle.current?.describe({
      label: label ?? textOf(wiring.id && `${wiring.id}-label`),
      about: [...(wiring["aria-describedby"]?.split(" ") ?? []).map(textOf), leaving].join(" "),
      invalid,
    }),
  );
  useLabelClicks(wiring, host, ready);
  return (
    <div
      class={`code-editor${invalid ? " invalid" : ""}`}
      style={{ minHeight: `${rows * LINE_PX + 16}px` }}
    >
      <div ref={host} data-invalid={invalid ? "true" : undefined} />
      {!ready && (
        <div class="stack tight" style={{ padding: "12px" }}>
          <Skeleton width="40%" />
          <Skeleton width="62%" />
        </div>
      )}
    </div>
  );
}

function textOf(id: string | undefined): string {
  return (id && document.getElementById(id)?.textContent?.trim()) || "";
}

/** A label leads only to controls the browser knows; this one is none, and may still be loading. */
function useLabelClicks(
  { id }: Partial<Wiring>,
  host: { current: HTMLElement | null },
  ready: boolean,
): void {
  const early = useRef(false);
  useEffect(() => {
    if (ready && early.current) host.current?.focus();
    const label = id && document.getElementById(`${id}-label`);
    if (!label) return;
    const focus = () => {
      early.current = !ready;
      host.current?.focus();
    };
    label.addEventListener("click", focus);
    return () => label.removeEventListener("click", focus);
  }, [id, host, ready]);
}
