/** The questions that wait for the visitor; drawn only while the page shows the chat. */
import { ConfirmCard, type ConfirmWords } from "#ui/confirm-card.tsx";
import { answering, busy, shown, talk } from "./state.ts";
import { answer } from "./talking.ts";
import { filled, words } from "./words.ts";

export function Questions({ box }: { box: { current: HTMLDivElement | null } }) {
  if (!shown.value.open) return null;
  const ours = confirmWords();
  return talk.value.pending.map((question) => {
    const now = answering.value?.id === question.id ? answering.value : undefined;
    return (
      <ConfirmCard
        key={question.id}
        asking={question}
        busy={now && (now.agreed ? "confirm" : "deny")}
        later={busy.value && !now}
        words={ours}
        onAnswer={(agreed) => {
          // The button that was pressed goes away: reading goes on here.
          box.current?.focus({ preventScroll: true });
          void answer(question, agreed);
        }}
      />
    );
  });
}

function confirmWords(): ConfirmWords {
  const { expires, again, ...rest } = words.value;
  return {
    ...rest,
    expires: (leftMs) => filled(expires, { time: timeLeft(leftMs) }),
    again: (count) => filled(again, { count }),
  };
}

/** `40 s`, `9 min`, `24 hr`: in the largest unit that tells at least two. */
function timeLeft(leftMs: number): string {
  const [unit, ms] = UNITS.find(([, ms]) => leftMs >= 2 * ms) ?? SECOND;
  const style = { style: "unit", unit, unitDisplay: "short" } as const;
  return new Intl.NumberFormat(document.documentElement.lang, style).format(Math.ceil(leftMs / ms));
}

const SECOND = ["second", 1_000] as const;
const UNITS = [["hour", 3_600_000], ["minute", 60_000], SECOND] as const;
