/** The chat on a host page: brings view, session, frame and scripts together. One a page. */
import { languageOf, type Options, textsOf } from "./options.ts";
import { post, read, TO_LOADER, type ToFrame, type ToLoader } from "./protocol.ts";
import { makeScripts } from "./scripts.ts";
import { makeListeners, makeSdk, type Sdk } from "./sdk.ts";
import { makeSessions, type Refused, remembered, type Session } from "./session.ts";
import * as view from "./view.ts";
import { wordsIn } from "./words.ts";

const TEXT_MAX = 8_000;

export function makeChat(options: Options): { sdk: Sdk; begin: () => Promise<void> } {
  const { server, said, strings } = options;
  const key = said["agent"] ?? "";
  const listeners = makeListeners();
  const sessions = makeSessions(server, key, remembered(key), () => ({
    url: location.origin + location.pathname + location.search,
    title: document.title,
    values: options.page(),
  }));
  const scripts = makeScripts(server, () => sdk);
  let session: Session | undefined;
  let ready = false;
  /** Sent when the frame can hear. */
  let waiting: ToFrame[] = [];

  function send(message: ToFrame): void {
    const to = view.shownFrame()?.contentWindow;
    if (ready && to) post(to, server, message);
    else waiting.push(message);
  }

  function tellShown(): void {
    if (ready) send({ type: "shown", open: view.isOpen(), full: view.isFull() });
  }

  function tellSession(): void {
    if (!ready || !session) return;
    const { resume: _, ...told } = session;
    send({ type: "session", session: told, conversation: sessions.memory.read().conversation });
  }

  function use(found: Session): void {
    session = found;
    dress();
    tellSession();
  }

  /** Ask for a session; what the server says against it is the frame's to tell. */
  async function renew(): Promise<boolean> {
    try {
      use(await sessions.open());
      return true;
    } catch (fault) {
      const { code, message } = fault as Refused;
      if (ready) send({ type: "refused", code, message });
      return false;
    }
  }

  async function load(): Promise<void> {
    if (view.shownFrame()) return;
    const there = session !== undefined || (await renew());
    view.tellReachable(there);
    if (!there || view.shownFrame()) return;
    const agent = encodeURIComponent(key);
    const own = encodeURIComponent(location.origin);
    view.load(`${server}/embed/frame?agent=${agent}#origin=${own}`, session?.agent.title ?? "Chat");
  }

  function dress(): void {
    const theme = chosen();
    const color = said["color"] ?? theme["color"];
    // What the page's style sheet says of the element comes before a colour set here.
    if (typeof color === "string") view.host.style.setProperty("--deftly-color-set", color);
    const words = wordsIn(languageOf(options, theme["language"]), ownWords());
    const side = (said["position"] ?? theme["position"]) === "left" ? "left" : "right";
    const text = said["launcherText"] ?? theme["launcherText"] ?? "";
    view.dress(words, String(text), side, said["launcher"] === "none");
  }

  /** What the agent's owner chose; the tag's attributes come before it. */
  function chosen(): Record<string, unknown> {
    return session?.agent.embed ?? {};
  }

  function ownWords() {
    return { ...textsOf(chosen()["strings"]), ...strings };
  }

  /** How the frame is to look. */
  function look(): Record<string, unknown> {
    const style = getComputedStyle(view.host);
    const of = (name: string) => style.getPropertyValue(`--deftly-${name}`).trim();
    const theme = chosen();
    const { title, dir } = said;
    return {
      language: languageOf(options, theme["language"]),
      dir,
      title,
      theme: said["theme"] ?? theme["theme"],
      color: of("color") || of("color-set"),
      font: of("font"),
      strings: ownWords(),
    };
  }

  function open(): void {
    if (view.isOpen()) return;
    view.show(true);
    void load();
    tellShown();
    listeners.tell("open", {});
  }

  function close(): void {
    if (!view.isOpen()) return;
    view.show(false);
    tellShown();
    listeners.tell("close", {});
  }

  const toggle = () => (view.isOpen() ? close() : open());

  function heard(message: ToLoader): void {
    switch (message.type) {
      case "ready":
        ready = true;
        send({ type: "look", look: look() });
        tellSession();
        tellShown();
        for (const one of waiting.splice(0)) send(one);
        break;
      case "renew":
        void renew();
        break;
      case "keep": {
        const { resume } = sessions.memory.read();
        sessions.memory.write({ resume, conversation: message.conversation });
        break;
      }
      case "unread":
        if (!view.isOpen()) view.count(message.count);
        listeners.tell("unread", { count: message.count });
        break;
      case "close":
        close();
        break;
      case "tell":
        listeners.tell(message.name, message.detail);
        break;
      case "client_run":
        void scripts.run(message).then((outcome) => {
          if (outcome)
            send({ type: "client_done", callId: message.callId, ...NOTHING, ...outcome });
        });
    }
  }

  const sdk = makeSdk(
    {
      open,
      close,
      toggle,
      send(text, { open: opens = true } = {}) {
        if (opens) open();
        void load();
        send({ type: "say", text: String(text).slice(0, TEXT_MAX) });
      },
      reset() {
        sessions.forget();
        session = undefined;
        // Nothing that was meant for the visitor before reaches the next.
        waiting = [];
        view.count(0);
        if (!view.shownFrame()) return;
        send({ type: "reset" });
        void renew();
      },
      async identify(identity) {
        use(await sessions.identify(identity));
        return session?.identified === true;
      },
    },
    listeners,
    scripts.register,
  );

  /** Ask who we are; a conversation under way goes on, open or not. */
  async function begin(): Promise<void> {
    view.build(toggle, tellShown);
    addEventListener("message", (event) => {
      const source = view.shownFrame()?.contentWindow;
      const message = read(event, TO_LOADER, { source, origin: server });
      if (message) heard(message);
    });
    // Where pages change without being loaded, what is told of them does too.
    const moves = (window as { navigation?: EventTarget }).navigation;
    (moves ?? window).addEventListener(moves ? "currententrychange" : "popstate", () => {
      if (session?.agent.pageContext) void renew();
    });
    try {
      use(await sessions.open());
    } catch (fault) {
      const { status, message } = fault as Refused;
      listeners.tell("error", { message });
      // The owner reads it in the console: visitors of a page that may not have it see nothing.
      if (status === 403 || status === 404) {
        reportError(fault);
        return;
      }
      dress();
    }
    document.body.append(view.host);
    if (sessions.memory.read().conversation) await load();
    listeners.tell("ready", {});
  }

  return { sdk, begin };
}

const NOTHING = { result: undefined, error: undefined };
