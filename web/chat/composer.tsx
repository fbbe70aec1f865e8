/** Where the visitor writes. Enter sends, Shift and Enter begins a new line. */
import { useSignal } from "@preact/signals";
import { SendHorizontal, Square } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { IconButton } from "#ui/button.tsx";
import { session } from "./net.ts";
import { busy, loading, shown } from "./state.ts";
import { interrupt, say } from "./talking.ts";
import { words } from "./words.ts";

const LENGTH_MAX = 8_000;

export function Composer() {
  const text = useSignal("");
  const input = useRef<HTMLTextAreaElement>(null);
  const { open } = shown.value;
  useEffect(() => {
    // On a phone the keyboard would cover what was said.
    if (open && !matchMedia("(pointer: coarse)").matches) input.current?.focus();
  }, [open]);
  const ready = !busy.value && !loading.value && session.value !== undefined;
  const submit = () => {
    const said = text.value.trim();
    if (!said || !ready) return;
    text.value = "";
    say(said);
  };
  return (
    <form
      class="chat-composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <textarea
        ref={input}
        class="input"
        aria-label={words.value.message}
        placeholder={words.value.placeholder}
        rows={1}
        maxLength={LENGTH_MAX}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          // While characters are composed, Enter picks one of them.
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          submit();
        }}
      />
      {busy.value ? (
        <IconButton
          class="chat-send"
          icon={Square}
          label={words.value.stop}
          tipSide="left"
          onClick={() => void interrupt()}
        />
      ) : (
        <IconButton
          class="chat-send"
          type="submit"
          icon={SendHorizontal}
          label={words.value.send}
          tipSide="left"
          disabled={!ready || !text.value.trim()}
        />
      )}
    </form>
  );
}
