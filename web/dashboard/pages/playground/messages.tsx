/** What was said, and the questions that wait. */
import { CircleAlert, RotateCw, Wrench } from "lucide-preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Schemas } from "#protocol";
import { Banner, Button, Skeleton } from "#ui";
import { ConfirmCard } from "#ui/confirm-card.tsx";
import { may } from "../../data/session.ts";
import { answer, answering, busy, loading, problem, say, talk } from "./chat.ts";
import { Suggestions } from "./suggestions.tsx";
import type { Item, Question } from "./talk.ts";

type Agent = Schemas["Agent"];
const NEAR_PX = 80;

export function Messages({ agent }: { agent: Agent | undefined }) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const { items, pending } = talk.value;
  useLayoutEffect(() => {
    // Whoever scrolled up to read is left there.
    if (atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  });
  useEffect(() => {
    // A keyboard on a phone takes half of the room.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
    });
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
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
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
      }}
    >
      {agent?.greeting && <Words by="assistant" text={agent.greeting} />}
      {loading.value && <Skeleton width="46%" />}
      {items.length === 0 && !loading.value && !busy.value && <Suggestions agent={agent} />}
      {items.map((item) => (
        <Line key={item.id} item={item} last={item === last} />
      ))}
      {busy.value && !(last?.kind === "said" && last.role === "assistant") && (
        <p class="playground-working" role="status">
          <span class="spinner" /> {last?.kind === "call" ? "Going on…" : "Thinking…"}
        </p>
      )}
      {!busy.value && pending.map((one) => <Asked key={one.id} question={one} give={give(one)} />)}
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
      onAnswer={may("confirm") ? give : undefined}
    />
  );
}

function Line({ item, last }: { item: Item; last: boolean }) {
  switch (item.kind) {
    case "said":
      return <Words by={item.role} text={item.text} />;
    case "call":
      return (
        <p class="playground-used">
          <Wrench size={13} /> <code>{item.tool}</code>
        </p>
      );
    case "fault":
      return (
        <div class="playground-fault" role="alert">
          <CircleAlert class="icon" size={16} />
          <span class="grow">{item.message}</span>
          {last && !busy.value && (
            <Button size="small" icon={RotateCw} onClick={askAgain}>
              Ask again
            </Button>
          )}
        </div>
      );
  }
}

function askAgain(): void {
  const asked = talk.peek().items.findLast((one) => one.kind === "said" && one.role === "user");
  if (asked?.kind === "said") say(asked.text);
}

function Words({ by, text }: { by: "user" | "assistant"; text: string }) {
  return (
    <div class={`playground-words ${by}`}>
      <span class="unseen">{by === "user" ? "You:" : "Agent:"}</span>
      {by === "user" ? text : <Markdown text={text} />}
    </div>
  );
}

type Render = (text: string) => DocumentFragment;
let render: Render | undefined;

/** Plain text until what draws Markdown is loaded. */
function Markdown({ text }: { text: string }) {
  const host = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState(render !== undefined);
  useEffect(() => {
    if (ready) return;
    let gone = false;
    import("./markdown.ts")
      .then(({ elementsOf }) => {
        render = elementsOf;
        if (!gone) setReady(true);
      })
      .catch(() => {});
    return () => {
      gone = true;
    };
  }, [ready]);
  useLayoutEffect(() => {
    if (ready && render) host.current?.replaceChildren(render(text));
  }, [text, ready]);
  return ready ? <div key="drawn" ref={host} class="playground-markdown" /> : <p>{text}</p>;
}
