/** A code editor, loaded when the first one is drawn. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { CodeHandle, CodeOptions } from "./code-mirror.ts";
import { useWiring } from "./field.tsx";
import { Skeleton } from "./states.tsx";

export interface CodeEditorProps extends Omit<CodeOptions, "onValue" | "labels"> {
  value: string;
  onValue?: ((value: string) => void) | undefined;
  /** Read out; a Field around it is enough. */
  label?: string | undefined;
  rows?: number | undefined;
}

const LINE_PX = 20;

export function CodeEditor({ value, onValue, label, rows = 6, ...options }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const handle = useRef<CodeHandle>(undefined);
  const [ready, setReady] = useState(false);
  const wiring = useWiring();
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
        labels: { label, id: wiring.id },
        onValue: (next) => latest.current.onValue?.(next),
      });
      setReady(true);
    });
    return () => {
      gone = true;
      handle.current?.destroy();
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: told again once the editor is there
  useEffect(() => handle.current?.setValue(value), [value, ready]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same
  useEffect(
    () => handle.current?.setPlaceholders(options.placeholders ?? []),
    [options.placeholders, ready],
  );
  const invalid = wiring["aria-invalid"] ? " invalid" : "";
  return (
    <div class={`code-editor${invalid}`} style={{ minHeight: `${rows * LINE_PX + 16}px` }}>
      <div ref={host} />
      {!ready && (
        <div class="stack tight" style={{ padding: "12px" }}>
          <Skeleton width="40%" />
          <Skeleton width="62%" />
        </div>
      )}
    </div>
  );
}
