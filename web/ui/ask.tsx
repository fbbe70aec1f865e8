/** Questions from anywhere: `if (await ask({...})) ...`. */
import { signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

export interface Question {
  title: string;
  body: ComponentChildren;
  /** The button that says yes, named after what it does. */
  yes: string;
  no?: string | undefined;
  danger?: boolean | undefined;
}

const open = signal<(Question & { answer: (yes: boolean) => void }) | undefined>(undefined);

/** Resolves with whether the person said yes; closing the dialog is a no. */
export function ask(question: Question): Promise<boolean> {
  open.peek()?.answer(false);
  return new Promise((resolve) => {
    open.value = {
      ...question,
      answer: (yes) => {
        open.value = undefined;
        resolve(yes);
      },
    };
  });
}

/** Drawn once, by the frame. */
export function OpenQuestion() {
  const question = open.value;
  if (!question) return null;
  return (
    <Dialog
      title={question.title}
      onClose={() => question.answer(false)}
      foot={
        <>
          <Button onClick={() => question.answer(false)}>{question.no ?? "Cancel"}</Button>
          <Button
            kind={question.danger ? "danger" : "primary"}
            onClick={() => question.answer(true)}
          >
            {question.yes}
          </Button>
        </>
      }
    >
      <div class="soft">{question.body}</div>
    </Dialog>
  );
}
