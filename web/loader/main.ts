/** `embed.js`: one script tag, and the page has a chat. */
import { makeChat } from "./chat.ts";
import { readOptions } from "./options.ts";
import { drain, type Sdk } from "./sdk.ts";

declare global {
  interface Window {
    deftly?: Sdk;
    bookbag?: Sdk;
  }
}

/** `defer` scripts know their tag; one that was put in by a tag manager is looked for. */
const tag = (document.currentScript ??
  document.querySelector('script[data-agent][src*="embed.js"]')) as HTMLScriptElement | null;
const before = [window.deftly, window.bookbag];

// A second tag changes nothing.
if (tag && !before[0]?._register) {
  const options = readOptions(tag);
  const { sdk, begin } = makeChat(options);
  window.deftly = sdk;
  window.bookbag = sdk;
  const begun = () => {
    void begin();
    for (const one of new Set(before)) drain(sdk, one);
  };
  if (document.body) begun();
  else addEventListener("DOMContentLoaded", begun);
}
