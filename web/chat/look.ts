/** How the chat looks on this page: language, direction, light or dark, the owner's colour. */
import { signal } from "@preact/signals";
import type { JsonObject } from "../loader/protocol.ts";
import { speak } from "./words.ts";

const RTL = /^(?:ar|ckb|dv|fa|he|ku|ps|sd|ug|ur|yi)\b/i;

/** The title the page wants, in place of the agent's. */
export const wantedTitle = signal("");

export function dress(look: JsonObject): void {
  const root = document.documentElement;
  const language = textOf(look["language"]) || "en";
  root.lang = language;
  root.dir = look["dir"] === "rtl" || (look["dir"] !== "ltr" && RTL.test(language)) ? "rtl" : "ltr";
  const { theme } = look as { theme?: unknown };
  if (theme === "light" || theme === "dark") root.dataset["theme"] = theme;
  else delete root.dataset["theme"];
  paint(root, textOf(look["color"]));
  const font = textOf(look["font"]);
  if (font && CSS.supports("font-family", font)) root.style.setProperty("--font", font);
  wantedTitle.value = textOf(look["title"]);
  speak(language, textsOf(look["strings"]));
}

/** Everything in the accent's colour follows; `chat.css` mixes what stands on light and dark. */
function paint(root: HTMLElement, color: string): void {
  if (!color || !CSS.supports("color", color)) return;
  root.style.setProperty("--brand", color);
  root.classList.add("branded");
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function textsOf(value: unknown): Record<string, string> {
  const found = Object.entries(value ?? {}).filter((one) => typeof one[1] === "string" && one[1]);
  return Object.fromEntries(found) as Record<string, string>;
}
