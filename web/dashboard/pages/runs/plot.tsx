/** The picture: a bar an hour or a day, and under the bars how long runs took. */
import { duration } from "#ui";
import { type Bucket, KINDS, RANGES, type Range } from "./buckets.ts";
import { tick } from "./times.ts";

interface PlotProps {
  buckets: readonly Bucket[] | undefined;
  range: Range;
  /** Read out in place of the picture. */
  label: string;
  at: number | undefined;
  onPoint: (at: number | undefined) => void;
  onPick: (bucket: Bucket) => void;
}

// In the picture's own units: it is stretched to the width there is.
const BAR = 10;
const GAP = 2;
const HEIGHT = 100;
const LEAST = 1.5;
const TIMES = 34;

const EVERY = { day: 4, week: 24, month: 5 } as const;

export function Plot({ buckets, range, label, at, onPoint, onPick }: PlotProps) {
  const all = buckets ?? [];
  const count = RANGES[range].steps;
  const most = Math.max(1, ...all.map((one) => one.total));
  const slowest = Math.max(1, ...all.map((one) => one.averageMs ?? 0));
  const whole = { viewBox: `0 0 ${count * BAR} ${HEIGHT}`, preserveAspectRatio: "none" };
  const indexOf = (event: { currentTarget: Element; clientX: number }) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const index = Math.floor(((event.clientX - left) / width) * count);
    return all[index] ? index : undefined;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the table has every number, and every run is in the list
    // biome-ignore lint/a11y/useKeyWithClickEvents: what a click picks is a filter of that list
    <div
      class="runs-plot"
      onPointerMove={(event) => onPoint(indexOf(event))}
      onPointerLeave={() => onPoint(undefined)}
      onClick={(event) => {
        const index = indexOf(event);
        const one = index === undefined ? undefined : all[index];
        if (one && one.total > 0) onPick(one);
      }}
    >
      <svg {...whole} class="runs-bars" role="img" aria-label={label}>
        {at !== undefined && <rect class="here" x={at * BAR} y={0} width={BAR} height={HEIGHT} />}
        {all.map((one, index) => (
          <Bar key={one.atMs} of={one} at={index} scale={HEIGHT / most} />
        ))}
      </svg>
      <span class="most num">{buckets && most > 1 ? most.toLocaleString("en") : ""}</span>
      <svg
        viewBox={`0 0 ${count * BAR} ${TIMES}`}
        preserveAspectRatio="none"
        class="runs-times"
        aria-hidden="true"
      >
        <path d={line(all, (TIMES - 2) / slowest)} />
      </svg>
      <span class="slowest num">{slowest > 1 ? duration(slowest) : ""}</span>
      <div class="runs-ticks num" aria-hidden="true">
        {all.map(
          (one, index) =>
            index % EVERY[range] === 0 && (
              <span key={one.atMs} style={{ left: `${(100 * index) / count}%` }}>
                {tick(one.atMs, range)}
              </span>
            ),
        )}
      </div>
    </div>
  );
}

function Bar({ of: one, at, scale }: { of: Bucket; at: number; scale: number }) {
  let ground = HEIGHT;
  return (
    <>
      {KINDS.filter((kind) => one[kind] > 0).map((kind) => {
        const height = Math.max(LEAST, one[kind] * scale);
        ground -= height;
        return (
          <rect
            key={kind}
            class={kind}
            x={at * BAR + GAP / 2}
            y={Math.max(0, ground)}
            width={BAR - GAP}
            height={height}
          />
        );
      })}
    </>
  );
}

/** A line through the middle of the bars; where nothing ran it is interrupted. */
function line(all: readonly Bucket[], scale: number): string {
  let joined = false;
  const steps = all.map(({ averageMs }, index) => {
    if (averageMs === null) {
      joined = false;
      return "";
    }
    const x = index * BAR + BAR / 2;
    const y = (TIMES - 1 - averageMs * scale).toFixed(1);
    const alone = !joined && (all[index + 1]?.averageMs ?? null) === null;
    const step = alone ? `M${x - BAR / 2} ${y}h${BAR}` : `${joined ? "L" : "M"}${x} ${y}`;
    joined = true;
    return step;
  });
  return steps.join("");
}
