/** What the code editors of one action offer behind `{{`, and what they make of it. */
import { useMemo } from "preact/hooks";
import type { Members, Offer, Placeholders } from "#ui";
import type { Input } from "./inputs.ts";
import { judgedInCommand } from "./program-text.ts";
import { FILTERS, marksIn, type Names } from "./template.ts";

const FILTER_WORDS: Readonly<Record<(typeof FILTERS)[number], string>> = {
  url: "percent-encoded",
  json: "as JSON",
};

const FILTER_OFFERS = FILTERS.map((name) => ({ name, detail: FILTER_WORDS[name] }));

interface Offers {
  inText: Placeholders;
  /** For what may be JSON. */
  inBody: Placeholders;
  inCommand: Placeholders;
  /** Of the objects that JavaScript is given. */
  inCode: Members;
}

/** What each kind of text may name; the same until a name changes. */
export function useOffers(
  inputs: readonly Input[],
  secrets: readonly string[] | undefined,
): Offers {
  const key = JSON.stringify([inputs.map(({ name, type }) => [name, type]), secrets]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of them
  return useMemo(() => {
    const known: Names = { inputs: inputs.map((one) => one.name), secrets };
    const gathered: Offer[] = inputs.map(({ name, type }) => ({ name, detail: type }));
    const stored: Offer[] = (secrets ?? []).map((name) => ({ name, detail: "secret" }));
    const shared = { offers: [...gathered, ...stored], filters: FILTER_OFFERS };
    return {
      inText: { ...shared, marks: (text) => marksIn(text, known) },
      inBody: { ...shared, marks: (text) => marksIn(text, known, { json: true }) },
      inCommand: {
        offers: gathered,
        filters: FILTER_OFFERS,
        marks: (text) => judgedInCommand(text, marksIn(text, known)),
      },
      inCode: { params: gathered, ...(secrets ? { secrets: secrets.map(asMember) } : {}) },
    };
  }, [key]);
}

function asMember(spelled: string): Offer {
  return { name: spelled.replace(/^secrets\./, ""), detail: "secret" };
}
