/** One thing that was said, shown, or went wrong; calls are the agent's own business. */
import { CircleAlert, RotateCw } from "lucide-preact";
import { Component } from "preact";
import { Markdown } from "#talk/markdown.tsx";
import type { Item, Shown } from "#talk/talk.ts";
import { Button } from "#ui/button.tsx";
import { WidgetCard } from "#widget/card.tsx";
import { busy, pressing, talk } from "./state.ts";
import { press, say } from "./talking.ts";
import { words } from "./words.ts";

interface LineProps {
  item: Item;
  last: boolean;
}

/** Drawn anew only when it has changed: a long conversation grows at its end. */
export class Line extends Component<LineProps> {
  override shouldComponentUpdate({ item, last }: LineProps): boolean {
    return item !== this.props.item || last !== this.props.last;
  }

  render({ item, last }: LineProps) {
    switch (item.kind) {
      case "said":
        return <Words by={item.role} text={item.text} />;
      case "card":
        return <Card item={item} />;
      case "call":
        return null;
      case "fault":
        return <Broken message={item.message} last={last} />;
    }
  }
}

function Card({ item }: { item: Shown }) {
  return (
    <WidgetCard
      card={item.card}
      spoken={item.spoken}
      label={words.value.card}
      busy={pressing.value !== "" || busy.value}
      words={words.value}
      onPress={(pressed) => void press(item.id, pressed)}
    />
  );
}

function Broken({ message, last }: { message: string; last: boolean }) {
  return (
    <div class="chat-fault" role="alert">
      <CircleAlert class="icon" size={16} />
      <span class="grow">{message}</span>
      {last && !busy.value && (
        <Button size="small" icon={RotateCw} onClick={askAgain}>
          {words.value.askAgain}
        </Button>
      )}
    </div>
  );
}

function askAgain(): void {
  const asked = talk.peek().items.findLast((one) => one.kind === "said" && one.role === "user");
  if (asked?.kind === "said") say(asked.text);
}

export function Words({ by, text }: { by: "user" | "assistant"; text: string }) {
  const { you, agent } = words.value;
  return (
    <div class={`chat-words ${by}`} dir="auto">
      <span class="unseen">{by === "user" ? you : agent}</span>
      {by === "user" ? text : <Markdown text={text} />}
    </div>
  );
}
