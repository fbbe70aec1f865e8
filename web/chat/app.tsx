/** The chat as a visitor sees it: its name, what was said, and where they write. */
import { RotateCcw, X } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { IconButton } from "#ui/button.tsx";
import { tellPage } from "./bridge.ts";
import { Composer } from "./composer.tsx";
import { startOver } from "./following.ts";
import { wantedTitle } from "./look.ts";
import { Messages } from "./messages.tsx";
import { session } from "./net.ts";
import { busy, closed, offline, shown, talk } from "./state.ts";
import { words } from "./words.ts";

export function App() {
  const title = wantedTitle.value || session.value?.agent.title || words.value.title;
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useKeys(frame);
  if (closed.value) return <p class="chat-closed">{closed.value}</p>;
  return (
    <main ref={frame} class="chat" aria-label={title}>
      <header class="chat-head">
        <h1 class="grow clip">{title}</h1>
        {talk.value.items.length > 0 && (
          <IconButton
            icon={RotateCcw}
            label={words.value.startOver}
            tipSide="left"
            disabled={busy.value}
            onClick={startOver}
          />
        )}
        <IconButton
          icon={X}
          label={words.value.close}
          tipSide="left"
          onClick={() => tellPage({ type: "close" })}
        />
      </header>
      {offline.value && (
        <p class="chat-offline" role="status">
          {words.value.offline}
        </p>
      )}
      <Messages />
      <Composer />
    </main>
  );
}

/** Escape closes; where the chat covers the page, Tab stays within it. */
function useKeys(frame: { current: HTMLElement | null }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") tellPage({ type: "close" });
      if (event.key === "Tab" && shown.peek().full) stay(frame.current, event);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [frame]);
}

const REACHED = "a[href], button:not(:disabled), textarea, [tabindex='0']";

function stay(within: HTMLElement | null, event: KeyboardEvent): void {
  const reached = [...(within?.querySelectorAll<HTMLElement>(REACHED) ?? [])];
  const [from, to] = event.shiftKey ? [reached[0], reached.at(-1)] : [reached.at(-1), reached[0]];
  if (document.activeElement !== from) return;
  event.preventDefault();
  to?.focus();
}
