/** One thing that was said, called, or went wrong. */
import { CircleAlert, RotateCw, Wrench } from "lucide-preact";
import { Component } from "preact";
import { Markdown } from "#talk/markdown.tsx";
import type { Item } from "#talk/talk.ts";
import { Button, CopyIcon } from "#ui";
import { say } from "./chat.ts";
import { ShownCard } from "./shown-card.tsx";
import { busy, talk } from "./state.ts";

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
      case "call":
        return (
          <p class="playground-used">
            <Wrench size={13} /> <code>{item.tool}</code>
          </p>
        );
      case "card":
        return <ShownCard item={item} />;
      case "fault":
        return <Broken message={item.message} last={last} />;
    }
  }
}

function Broken({ message, last }: { message: string; last: boolean }) {
  return (
    <div class="playground-fault" role="alert">
      <CircleAlert class="icon" size={16} />
      <span class="grow">{message}</span>
      {last && !busy.value && (
        <Button size="small" icon={RotateCw} onClick={askAgain}>
          Ask again
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
  return (
    <div class={`playground-words ${by}`}>
      <span class="unseen">{by === "user" ? "You:" : "Agent:"}</span>
      {by === "user" ? text : <Markdown text={text} />}
      {by === "assistant" && text && <CopyIcon text={text} label="Copy answer" />}
    </div>
  );
}
