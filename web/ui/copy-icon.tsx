/** A small button that takes a text along. */
import { Check, Copy } from "lucide-preact";
import { IconButton } from "./button.tsx";
import { useCopied } from "./copied.ts";

export function CopyIcon({ text, label }: { text: string; label: string }) {
  const { done, copy } = useCopied(text);
  return (
    <IconButton
      class="copy-icon"
      icon={done ? Check : Copy}
      label={done ? "Copied" : label}
      tipSide="left"
      onClick={copy}
    />
  );
}
