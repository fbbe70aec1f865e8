/** What is seen on the host page: a button and, opened, the frame with the chat.
 *
 * A shadow root of its own, and sheets made by script: the page's styles do not reach in, and a
 * strict content security policy of the page has nothing to forbid. One a page.
 */
import styles from "./loader.css?inline";
import type { Side } from "./options.ts";
import { type LauncherWords, wordsIn } from "./words.ts";

export const NAME = "deftly-chat";

const BUBBLE = "M21 11.5a8.4 8.4 0 0 1-12.1 7.6L3 21l1.9-5.9A8.4 8.4 0 1 1 21 11.5z";
const CROSS = "M18 6 6 18M6 6l12 12";

export const host = document.createElement(NAME);
/** Where the chat covers the whole window, as in `loader.css`. */
const shape = matchMedia("(max-width: 480px), (max-height: 420px)");
const box = made("div");
const panel = made("div", "panel");
const offline = made("p", "offline");
const launcher = made("button", "launcher");
const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
const label = made("span");
const badge = made("span", "badge");
const page = document.documentElement.style;

let frame: HTMLIFrameElement | undefined;
let words: LauncherWords = wordsIn("", {});
let news = 0;
let scrolled = "";

/** Put everything where it belongs, closed. */
export function build(onToggle: () => void, onShape: () => void): void {
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.append(path);
  launcher.type = "button";
  launcher.onclick = onToggle;
  launcher.append(svg, label, badge);
  offline.role = "alert";
  panel.append(offline);
  box.append(panel, launcher);
  box.onkeydown = ({ key }) => {
    if (key === "Escape" && isOpen()) onToggle();
  };
  root.append(box);
  shape.onchange = onShape;
  show(false);
  count(0);
}

export function dress(wanted: LauncherWords, text: string, side: Side, hidden: boolean): void {
  words = wanted;
  label.textContent = text;
  launcher.hidden = hidden;
  box.classList.toggle("left", side === "left");
  say();
}

export const isOpen = (): boolean => !panel.hidden;
export const isFull = (): boolean => shape.matches;
export const shownFrame = (): HTMLIFrameElement | undefined => frame;

export function show(open: boolean): void {
  const covers = open && isFull();
  panel.hidden = !open;
  box.classList.toggle("open", open);
  launcher.ariaExpanded = String(open);
  path.setAttribute("d", open ? CROSS : BUBBLE);
  // The page behind a chat that covers it does not scroll.
  if (covers) {
    scrolled = page.overflow;
    page.overflow = "hidden";
  } else if (page.overflow === "hidden") page.overflow = scrolled;
  if (open) frame?.focus();
  else if (document.activeElement === host) launcher.focus();
  count(open ? 0 : news);
}

export function count(unread: number): void {
  news = unread;
  badge.textContent = String(unread);
  badge.hidden = unread === 0;
  say();
}

/** Say that there is no chat, or no longer. */
export function tellReachable(is: boolean): void {
  offline.textContent = is ? "" : words.unreachable;
}

/** Load the chat; the frame stays when it is closed, and so does what is going on in it. */
export function load(address: string, title: string): void {
  frame = document.createElement("iframe");
  frame.title = title;
  frame.allow = "clipboard-write";
  frame.src = address;
  panel.append(frame);
  if (isOpen()) frame.focus();
}

function say(): void {
  const more = news ? `, ${words.unread.replace("{count}", String(news))}` : "";
  launcher.ariaLabel = isOpen() ? words.close : words.open + more;
}

function made<K extends "div" | "span" | "button" | "p">(
  name: K,
  classes = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  element.className = classes;
  return element;
}
