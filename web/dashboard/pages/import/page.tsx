/** Many ways to new actions: words, commands, files. */
import { Download } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button, Card, Page } from "#ui";
import { Give } from "./give.tsx";
import "./import.css";
import { Result } from "./result.tsx";
import { Review } from "./review.tsx";
import { type Activity, activity, found, looking, startOver, stored } from "./state.ts";

export default function ImportPage() {
  return (
    <Page
      title="Add actions"
      lead={lead()}
      back={{ href: "/actions", label: "Actions" }}
      actions={
        found.value ? (
          <Button onClick={startOver} disabled={activity.value !== undefined}>
            Start over
          </Button>
        ) : (
          <a class="button" href="/api/custom-actions/export" download="actions.json">
            <Download class="icon" size={16} />
            Export all
          </a>
        )
      }
    >
      <Stage />
    </Page>
  );
}

function lead(): string {
  const from = found.value?.from;
  if (!from) {
    return "Describe one, paste cURL commands, or bring a file. Nothing is stored before you have seen it.";
  }
  if (looking.value) return `From ${from}. Agents can call what is on.`;
  return `Found in ${from}. Pick what agents shall have; a row opens for a closer look.`;
}

/** What was pressed is gone with its stage: the next one takes the focus. */
function Stage() {
  const box = useRef<HTMLDivElement>(null);
  const [at, what] = stage();
  const before = useRef(at);
  useEffect(() => {
    if (before.current !== at) box.current?.focus();
    before.current = at;
  }, [at]);
  return (
    <div ref={box} tabIndex={-1} class="import-stage">
      {what}
    </div>
  );
}

function stage(): [string, ComponentChildren] {
  if (activity.value) return ["working", <Working key="working" {...activity.value} />];
  if (stored.value && looking.value) {
    return ["result", <Result key="result" stored={stored.value} />];
  }
  if (found.value) return ["review", <Review key="review" found={found.value} />];
  return ["give", <Give key="give" />];
}

function Working({ says, done, total, stop }: Activity) {
  const text = total ? `${says}: ${done} of ${total.toLocaleString()}` : `${says}…`;
  return (
    <Card>
      <div class="import-working" role="status">
        <p>{text}</p>
        <progress aria-label={says} {...(total ? { value: done ?? 0, max: total } : {})} />
        <Button onClick={() => stop.abort()}>Stop</Button>
      </div>
    </Card>
  );
}
