/** What was said and shown, and the questions that wait. */
import { RotateCw } from "lucide-preact";
import { useRef } from "preact/hooks";
import { partOf } from "#talk/part.ts";
import type { Item } from "#talk/talk.ts";
import { useAtEnd } from "#ui/at-end.ts";
import { Button } from "#ui/button.tsx";
import { Banner, Skeleton } from "#ui/states.tsx";
import { showEarlier } from "./following.ts";
import { Line, Words } from "./line.tsx";
import { session } from "./net.ts";
import { Questions } from "./questions.tsx";
import { busy, loading, problem, sent, talk } from "./state.ts";
import { say } from "./talking.ts";
import { words } from "./words.ts";

const SUGGESTED_MAX = 4;

export function Messages() {
  const box = useRef<HTMLDivElement>(null);
  const { onScroll } = useAtEnd(box, sent.value);
  const { items, earlier } = talk.value;
  const part = partOf(items, 0);
  const last = items.at(-1);
  return (
    <div
      ref={box}
      class="chat-messages"
      role="log"
      aria-label={words.value.messages}
      aria-busy={busy.value}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
      tabIndex={0}
      onScroll={onScroll}
    >
      {earlier ? (
        <Button
          size="small"
          class="chat-earlier"
          onClick={() => void showEarlier().catch(() => {})}
        >
          {words.value.earlier}
        </Button>
      ) : (
        <Greeting />
      )}
      {loading.value && <Skeleton width="46%" />}
      {items.length === 0 && !loading.value && !busy.value && <Suggestions />}
      {part.items.map((item) => (
        <Line key={item.id} item={item} last={item === last} />
      ))}
      <Working last={last} />
      <Questions box={box} />
      <Problem />
    </div>
  );
}

function Greeting() {
  const greeting = session.value?.agent.greeting;
  return greeting ? <Words by="assistant" text={greeting} /> : null;
}

function Suggestions() {
  const questions = (session.value?.agent.suggestedQuestions ?? []).slice(0, SUGGESTED_MAX);
  return (
    <div class="chat-chips">
      {questions.map((question) => (
        <button key={question} type="button" class="chat-chip" onClick={() => say(question)}>
          {question}
        </button>
      ))}
    </div>
  );
}

function Working({ last }: { last: Item | undefined }) {
  if (!busy.value || (last?.kind === "said" && last.role === "assistant")) return null;
  return (
    <p class="chat-working" role="status">
      <span class="chat-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span class="unseen">
        {last?.kind === "call" ? words.value.working : words.value.thinking}
      </span>
    </p>
  );
}

function Problem() {
  if (!problem.value) return null;
  const { message, again } = problem.value;
  const retry = (
    <Button size="small" icon={RotateCw} onClick={again}>
      {words.value.retry}
    </Button>
  );
  return (
    <Banner kind="bad" action={retry}>
      {message}
    </Banner>
  );
}
