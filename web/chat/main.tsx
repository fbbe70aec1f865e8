/** Where the frame starts: it listens to its page, and draws the chat. */
import { render } from "preact";
import "#ui/styles/tokens.css";
import "#ui/styles/base.css";
import "#ui/styles/controls.css";
import "./chat.css";
import type { ToFrame } from "../loader/protocol.ts";
import { App } from "./app.tsx";
import { listen } from "./bridge.ts";
import { finishCall } from "./client-calls.ts";
import { goOn, goOnWithNewest, startOver } from "./following.ts";
import { dress } from "./look.ts";
import { noSession, session, type VisitorSession } from "./net.ts";
import { closed, present, shown, unread } from "./state.ts";
import { sayWhenFree } from "./talking.ts";
import { words } from "./words.ts";

function take(message: ToFrame): void {
  switch (message.type) {
    case "look":
      dress(message.look);
      break;
    case "session":
      enter(message.session as unknown as VisitorSession, message.conversation);
      break;
    case "refused":
      noSession(message.code, message.message);
      break;
    case "shown":
      shown.value = { open: message.open, full: message.full };
      if (message.open) unread(0);
      return;
    case "say":
      sayWhenFree(message.text);
      break;
    case "reset":
      session.value = undefined;
      startOver();
      break;
    case "client_done":
      void finishCall(message);
      break;
  }
}

function enter(entered: VisitorSession, conversation: string | undefined): void {
  const before = session.peek();
  session.value = entered;
  if (before?.visitorId === entered.visitorId) return;
  // What is kept is the conversation of who was here before.
  if (before) startOver();
  else if (conversation) void goOn(conversation);
  if (entered.identified && !present.id) void goOnWithNewest();
}

if (!listen(take)) closed.value = words.peek().blocked;
const root = document.getElementById("app");
if (root) render(<App />, root);
