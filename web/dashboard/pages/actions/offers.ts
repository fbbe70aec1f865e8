/** What the code editors of one action offer behind `{{`, and what they make of it. */
import { useMemo } from "preact/hooks";
import type { Offer, Placeholders } from "#ui";
import type { Input } from "./inputs.ts";
import { FILTERS, marksIn, type Names } from "./template.ts";

const FILTER_WORDS: Readonly<Record<(typeof FILTERS)[number], string>> = {
  url: "percent-encoded",
  json: "as JSON",
};

const FILTER_OFFERS = FILTERS.map((name) => ({ name, detail: FILTER_WORDS[name] }));

/** For texts, and for bodies that may be JSON; the same ones until a name changes. */
export function usePlaceholders(
  inputs: readonly Input[],
  secrets: readonly string[] | undefined,
): { inText: Placeholders; inBody: Placeholders } {
  const key = JSON.stringify([inputs.map(({ name, type }) => [name, type]), secrets]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of them
  return useMemo(() => {
    const known: Names = { inputs: inputs.map((one) => one.name), secrets };
    const offers: Offer[] = [
      ...inputs.map(({ name, type }) => ({ name, detail: type })),
      ...(secrets ?? []).map((name) => ({ name, detail: "secret" })),
    ];
    const shared = { offers, filters: FILTER_OFFERS };
    return {
      inText: { ...shared, marks: (text) => marksIn(text, known) },
      inBody: { ...shared, marks: (text) => marksIn(text, known, { json: true }) },
    };
  }, [key]);
}
