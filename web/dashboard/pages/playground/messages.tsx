/** What was said, and the questions that wait. */
import { RotateCw } from "lucide-preact";
import { useRef } from "preact/hooks";
import type { Schemas } from "#protocol";
import { partOf } from "#talk/part.ts";
import type { Question } from "#talk/talk.ts";
import { Banner, Button, Skeleton } from "#ui";
import { useAtEnd } from "#ui/at-end.ts";
import { ConfirmCard } from "#ui/confirm-card.tsx";
import { may } from "../../data/session.ts";
import { answer } from "./chat.ts";
import { Earlier, Later } from "./further.tsx";
import { Line, Words } from "./line.tsx";
import { ModelFault } from "./model-choice.tsx";
import { answering, busy, hidden, loading, problem, sent, talk } from "./state.ts";
import { Suggestions } from "./suggestions.tsx";

type Agent = Schemas["Agent"];

export function Messages({ agent }: { agent: Agent | undefined }) {
  const box = useRef<HTMLDivElement>(null);
  const { items, pending, earlier } = talk.value;
  const part = partOf(items, hidden.value);
  const scrolling = useAtEnd(box, sent.value, () => hidden.peek() > 0);
  const last = items.at(-1);
  // The button that was pressed goes away: reading goes on here.
  const give = (question: Question) => (agreed: boolean) => {
    box.current?.focus({ preventScroll: true });
    void answer(question, agreed);
  };
  return (
    <div
      ref={box}
      class="playground-messages"
      role="log"
      aria-label="Messages"
      aria-busy={busy.value}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
      tabIndex={0}
      {...scrolling}
    >
      {earlier || part.before > 0 ? (
        <Earlier box={box} />
      ) : (
        agent?.greeting && <Words by="assistant" text={agent.greeting} />
      )}
      {loading.value && <Skeleton width="46%" />}
      {items.length === 0 && !loading.value && !busy.value && <Suggestions agent={agent} />}
      {part.items.map((item) => (
        <Line key={item.id} item={item} last={item === last} />
      ))}
      {part.after > 0 && <Later box={box} />}
      {busy.value && !(last?.kind === "said" && last.role === "assistant") && (
        <p class="playground-working" role="status">
          <span class="spinner" /> {last?.kind === "call" ? "Going on…" : "Thinking…"}
        </p>
      )}
      {pending.map((one) => (
        <Asked key={one.id} question={one} give={give(one)} />
      ))}
      <ModelFault agent={agent} />
      {problem.value && (
        <Banner
          kind="bad"
          action={
            <Button size="small" icon={RotateCw} onClick={problem.value.again}>
              Try again
            </Button>
          }
        >
          {problem.value.error.message}
        </Banner>
      )}
    </div>
  );
}

interface AskedProps {
  question: Question;
  give: (agreed: boolean) => void;
}

function Asked({ question, give }: AskedProps) {
  const now = answering.value?.id === question.id ? answering.value : undefined;
  return (
    <ConfirmCard
      asking={question}
      busy={now && (now.agreed ? "confirm" : "deny")}
      later={busy.value && !now}
      onAnswer={may("confirm") ? give : undefined}
    />
  );
}
