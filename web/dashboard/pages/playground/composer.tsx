/** Where the person writes. Enter sends, Shift and Enter begins a new line. */
import { batch, useSignal } from "@preact/signals";
import { SendHorizontal, Square } from "lucide-preact";
import { useEffect } from "preact/hooks";
import { Button, TextArea } from "#ui";
import { interrupt, say } from "./chat.ts";
import { busy, loading } from "./state.ts";

export function Composer({ disabled }: { disabled: boolean }) {
  const text = useSignal("");
  // What is sent before the page knows its agent goes out as soon as it does.
  const wanted = useSignal(false);
  const submit = () => {
    if (text.value.trim() && !busy.value) wanted.value = true;
  };
  const ready = wanted.value && !disabled && !loading.value && !busy.value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: signals are read as they stand then
  useEffect(() => {
    if (!ready) return;
    const said = text.value.trim();
    batch(() => {
      wanted.value = false;
      text.value = "";
    });
    if (said) say(said);
  }, [ready]);
  return (
    <form
      class="playground-composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextArea
        aria-label="Message"
        placeholder="Ask something…"
        rows={1}
        value={text.value}
        onValue={(value) => {
          text.value = value;
        }}
        onKeyDown={(event) => {
          // While characters are composed, Enter picks one of them.
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          submit();
        }}
      />
      {busy.value ? (
        <Button icon={Square} onClick={() => void interrupt()}>
          Stop
        </Button>
      ) : (
        <Button
          kind="primary"
          type="submit"
          icon={SendHorizontal}
          busy={wanted.value}
          disabled={!text.value.trim()}
        >
          Send
        </Button>
      )}
    </form>
  );
}
