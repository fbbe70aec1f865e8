/** Draws Adaptive Cards with the `adaptivecards` package; a chunk of its own, with the first card.
 *
 * Only the parts in use are imported: the whole package has twice the size, half of it a carousel.
 */
import {
  type Action,
  AdaptiveCard,
  type CardElement,
  ExecuteAction,
  type Input,
  OpenUrlAction,
  SerializationContext,
  SubmitAction,
} from "adaptivecards/lib/card-elements.js";
import { HostConfig } from "adaptivecards/lib/host-config.js";
import { CardObjectRegistry, GlobalRegistry } from "adaptivecards/lib/registry.js";
import "adaptivecards/lib/table.js";
import { elementsOf } from "#talk/marked.ts";
import styles from "./card.css?inline";
import { HOST_CONFIG } from "./host-config.ts";
import { type CardWords, isWebAddress, prepared } from "./prepare.ts";

/** A button that was pressed, and what stands in the inputs it takes along. */
export interface Pressed {
  button: string;
  inputs: Record<string, string>;
}

interface Drawing {
  words: CardWords;
  rtl: boolean;
  onPress: (pressed: Pressed) => void;
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);

/** Draws whatever version a card names: what is newer than the renderer has a fallback. */
class AnyCard extends AdaptiveCard {
  protected override get bypassVersionCheck(): boolean {
    return true;
  }
}

const elements = new CardObjectRegistry<CardElement>();
GlobalRegistry.populateWithDefaultElements(elements);
// Nothing plays in a chat, and players fetch before anybody asks them to.
elements.unregister("Media");

AdaptiveCard.onProcessMarkdown = (text, result) => {
  const made = document.createElement("div");
  made.append(elementsOf(text));
  result.outputHtml = made.innerHTML;
  result.didProcess = true;
};

/** Put the card into the shadow root, where its ids and styles meet none of the page's. */
export function draw(root: ShadowRoot, card: unknown, { words, rtl, onPress }: Drawing): void {
  const context = new SerializationContext();
  context.setElementRegistry(elements);
  const made = new AnyCard();
  made.hostConfig = new HostConfig(HOST_CONFIG);
  made.parse(prepared(card, words), context);
  if (rtl) made.rtl = true;
  made.onExecuteAction = (action) => press(action, onPress);
  root.adoptedStyleSheets = [sheet];
  const drawn = made.render();
  // Before anything is fetched, which is the next microtask's.
  for (const image of drawn?.querySelectorAll("img") ?? []) {
    image.loading = "lazy";
    image.referrerPolicy = "no-referrer";
  }
  root.replaceChildren(...(drawn ? [drawn] : []));
  for (const box of root.querySelectorAll<HTMLElement>('[id^="carousel"]')) reachable(box);
  for (const box of root.querySelectorAll(".ac-choiceSetInput-expanded")) grouped(box);
}

function press(action: Action, onPress: Drawing["onPress"]): void {
  if (action instanceof OpenUrlAction) {
    if (isWebAddress(action.url)) window.open(action.url, "_blank", "noopener,noreferrer");
  } else if ((action instanceof SubmitAction || action instanceof ExecuteAction) && action.id) {
    onPress({ button: action.id, inputs: inputsOf(action.getReferencedInputs()) });
  }
}

function inputsOf(found: Record<string, Input> | undefined): Record<string, string> {
  const given: [string, string][] = [];
  for (const input of Object.values(found ?? {})) {
    if (input.id && input.isSet()) given.push([input.id, String(input.value)]);
  }
  return Object.fromEntries(given);
}

/** What scrolls sideways is reached by the keyboard too. */
function reachable(box: HTMLElement): void {
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.scrollLeft = 0;
}

/** Choices that are all in sight are read out as what they are: a group, of which one is needed. */
function grouped(box: Element): void {
  const isOne = box.querySelector('input[type="radio"]') !== null;
  box.setAttribute("role", isOne ? "radiogroup" : "group");
  if (!isOne) box.removeAttribute("aria-required");
}
