/** What the server makes of a widget that is being typed. */
import { useEffect, useState } from "preact/hooks";
import type { Problem } from "#ui";
import { api, asApiError } from "../../data/api.ts";
import { parsed } from "../../data/json.ts";
import { may } from "../../data/session.ts";
import { type Draft, definitionOf, faultIn, type Said } from "./draft.ts";

const SETTLE_MS = 250;

export interface Drawn {
  card: unknown;
  /** The text on it. */
  spoken: string;
}

export interface Previewed {
  /** The last card there was; it stays while something is wrong. */
  drawn?: Drawn | undefined;
  /** Why what is typed now has none. */
  error?: string | undefined;
  problems: readonly Problem[];
  /** What is shown is not yet what is typed. */
  behind: boolean;
}

/** `other`: JSON of data that goes over the example; empty for none. */
export function usePreview(draft: Draft, other: string): Previewed {
  const [shown, setShown] = useState<Previewed>({ problems: [], behind: true });
  const { template, exampleData, dataSchema } = draft;
  // biome-ignore lint/correctness/useExhaustiveDependencies: names are not on the card
  useEffect(() => {
    const sendable = !(["template", "exampleData", "dataSchema"] as const).some((field) =>
      faultIn(draft, field),
    );
    setShown((before) => ({ ...before, behind: true }));
    if (!sendable || !may("manage")) return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const found = await preview(definitionOf(draft), dataIn(other), stop.signal);
        setShown((before) => ({ ...found, drawn: found.drawn ?? before.drawn, behind: false }));
      } catch (fault) {
        if (stop.signal.aborted) return;
        const { message } = asApiError(fault);
        setShown((before) => ({ ...before, error: message, problems: [], behind: false }));
      }
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [template, exampleData, dataSchema, other]);
  return shown;
}

function dataIn(text: string): Record<string, unknown> | undefined {
  return text.trim() ? (parsed(text) as Record<string, unknown>) : undefined;
}

/** Draw a definition once; nothing of it is kept. */
export async function preview(
  { template, exampleData = {}, dataSchema }: Said,
  data: Record<string, unknown> | undefined,
  signal?: AbortSignal,
): Promise<Previewed> {
  const widget = { template, exampleData, ...(dataSchema ? { dataSchema } : {}) };
  const answer = await api.post(
    "/api/widgets/preview",
    { widget, ...(data ? { data } : {}) } as Parameters<typeof api.post<"/api/widgets/preview">>[1],
    { signal },
  );
  const { ok, card, spoken, error, problems } = answer;
  return {
    drawn: ok ? { card, spoken: spoken ?? "" } : undefined,
    error: error ?? undefined,
    problems,
    behind: false,
  };
}
