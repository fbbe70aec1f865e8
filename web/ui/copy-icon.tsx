/** A small button that takes a text along. */
import { Check, Copy } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { IconButton } from "./button.tsx";

const SAID_MS = 1_600;

export function CopyIcon({ text, label }: { text: string; label: string }) {
  const [done, setDone] = useState(false);
  useEffect(() => {
    const timer = done && setTimeout(() => setDone(false), SAID_MS);
    return () => clearTimeout(timer || undefined);
  }, [done]);
  return (
    <IconButton
      class="copy-icon"
      icon={done ? Check : Copy}
      label={done ? "Copied" : label}
      tipSide="left"
      onClick={() => void navigator.clipboard.writeText(text).then(() => setDone(true))}
    />
  );
}
