/** Runs over time: how many, what became of them, how long they took; as a picture or a table. */
import { ChartColumn, Table2 } from "lucide-preact";
import { useState } from "preact/hooks";
import { Banner, duration, IconButton, Skeleton } from "#ui";
import { place, setQuery } from "../../frame/router.ts";
import { asRange, type Bucket, KINDS, type Kind, RANGES, type Range, sumOf } from "./buckets.ts";
import "./chart.css";
import { CountsTable } from "./counts-table.tsx";
import type { Filter } from "./feed.ts";
import { useFigures } from "./figures.ts";
import { Plot } from "./plot.tsx";
import { moment, span } from "./times.ts";

export const WORDS: Readonly<Record<Kind, { word: string; means: string }>> = {
  succeeded: { word: "Succeeded", means: "They ran and answered." },
  failed: { word: "Failed", means: "They ran and did not succeed, or were cut off." },
  waiting: { word: "Waiting", means: "A person has to confirm them first." },
  idle: { word: "Not sent", means: "Denied, expired or void." },
};

export function Chart({ filter }: { filter: Filter }) {
  const range = asRange(place.value.query.get("range"));
  const { buckets, error } = useFigures(filter, range);
  const [asTable, setAsTable] = useState(false);
  const [at, setAt] = useState<number | undefined>(undefined);
  const all = buckets.value;
  const { step } = RANGES[range];
  const pointed = at === undefined ? undefined : all?.[at];
  const shown = pointed ?? (all && sumOf(all));
  return (
    <section class="card runs-chart" aria-label="Runs over time">
      <header>
        <h2 class="num">{pointed ? span(pointed.atMs, step) : `Last ${RANGES[range].label}`}</h2>
        <Ranges range={range} />
        <IconButton
          icon={asTable ? ChartColumn : Table2}
          label={asTable ? "Show as a chart" : "Show as a table"}
          tipSide="left"
          onClick={() => setAsTable(!asTable)}
        />
      </header>
      {error.value && !all ? (
        <Banner kind="bad">{error.value.message}</Banner>
      ) : (
        <>
          <Legend of={shown} />
          {asTable && all ? (
            <CountsTable buckets={all} step={step} />
          ) : (
            <Plot
              buckets={all}
              range={range}
              label={all && shown ? said(range, sumOf(all)) : ""}
              at={at}
              onPoint={setAt}
              onPick={(one) => setQuery({ before: beyond(one, step) })}
            />
          )}
        </>
      )}
    </section>
  );
}

function beyond(one: Bucket, step: "hour" | "day"): string {
  return moment(one.atMs, step, 1).toISOString();
}

function Ranges({ range }: { range: Range }) {
  return (
    <div class="runs-ranges" role="radiogroup" aria-label="Range">
      {(Object.keys(RANGES) as Range[]).map((one) => (
        <label key={one}>
          <input
            type="radio"
            name="range"
            class="unseen"
            checked={one === range}
            onChange={() => setQuery({ range: one === "day" ? undefined : one })}
          />
          <span>{RANGES[one].label}</span>
        </label>
      ))}
    </div>
  );
}

function Legend({ of: shown }: { of: Bucket | undefined }) {
  return (
    <ul class="runs-legend">
      {[...KINDS].reverse().map((kind) => (
        <li key={kind} class={kind} title={WORDS[kind].means}>
          <span class="soft">{WORDS[kind].word}</span>
          <strong class="num">
            {shown ? shown[kind].toLocaleString("en") : <Skeleton width="3ch" />}
          </strong>
        </li>
      ))}
      <li class="time" title="How long those took that ran to an end, on average">
        <span class="soft">Average time</span>
        <strong class="num">{shown ? took(shown.averageMs) : <Skeleton width="4ch" />}</strong>
      </li>
    </ul>
  );
}

function took(ms: number | null): string {
  return ms === null ? "–" : duration(ms);
}

function said(range: Range, all: Bucket): string {
  const counts = KINDS.map((kind) => `${all[kind]} ${WORDS[kind].word.toLowerCase()}`).reverse();
  return `Runs of the last ${RANGES[range].label}: ${counts.join(", ")}. The table has every number.`;
}
