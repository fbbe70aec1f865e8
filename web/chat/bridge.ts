/** The frame's end of the line to the page it stands in. */
import { post, read, TO_FRAME, type ToFrame, type ToLoader } from "../loader/protocol.ts";

/** The page says whose it is when it makes the frame; a wrong name only means that nobody hears. */
const origin = new URLSearchParams(location.hash.slice(1)).get("origin") ?? "";
const isFramed = window.parent !== window && /^https?:\/\/[^/]+$/.test(origin);

/** Whether there is a page to talk to. */
export function listen(onMessage: (message: ToFrame) => void): boolean {
  if (!isFramed) return false;
  window.addEventListener("message", (event) => {
    const message = read(event, TO_FRAME, { source: window.parent, origin });
    if (message) onMessage(message);
  });
  tellPage({ type: "ready" });
  return true;
}

export function tellPage(message: ToLoader): void {
  if (isFramed) post(window.parent, origin, message);
}

/** Something a listener of the page may want to know. */
export function tellListeners(name: string, detail: Record<string, unknown>): void {
  tellPage({ type: "tell", name, detail });
}
