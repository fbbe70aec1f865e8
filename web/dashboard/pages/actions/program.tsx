/** What a code, shell or client action runs. */
import { Banner, Card, Checkbox, CodeEditor, Field, type Placeholders } from "#ui";
import type { Section } from "./editor.tsx";
import { saidOf } from "./template.ts";

type Kind = "code" | "client" | "shell";

interface Words {
  title: string;
  label: string;
  path: string;
  hint: string;
  placeholder: string;
}

const WORDS: Readonly<Record<Kind, Words>> = {
  code: {
    title: "Code",
    label: "JavaScript",
    path: "handler.code",
    hint: "args holds the inputs by name. What it returns is what the agent gets.",
    placeholder: "return { total: args.price * args.amount };",
  },
  client: {
    title: "Code for the page",
    label: "JavaScript",
    path: "handler.code",
    hint: "args holds the inputs by name, deftly is the chat: open, close, send and so on. Awaiting is fine.",
    placeholder: 'document.querySelector("#email").value = args.email;',
  },
  shell: {
    title: "Command",
    label: "Command",
    path: "handler.command",
    hint: "{{name}} stands for an input. What it prints is what the agent gets.",
    placeholder: 'grep -c "{{word}}" notes.txt',
  },
};

interface ProgramProps extends Section {
  kind: Kind;
  placeholders: Placeholders;
}

export function Program({ kind, draft, edit, placeholders }: ProgramProps) {
  const { title, label, path, hint, placeholder } = WORDS[kind];
  const shell = kind === "shell";
  return (
    <Card title={title}>
      <div class="stack">
        <Field
          label={label}
          path={path}
          hint={hint}
          {...(shell ? saidOf(placeholders.marks(draft.code)) : {})}
        >
          <CodeEditor
            key={kind}
            language={shell ? "text" : "javascript"}
            rows={10}
            placeholder={placeholder}
            value={draft.code}
            placeholders={shell ? placeholders : undefined}
            onValue={(code) => edit({ code })}
          />
        </Field>
        {kind === "client" && (
          <>
            <Checkbox
              label="Hand what it returns to the agent"
              hint="The agent waits for it, up to the time limit. Else it only hears that it was started."
              checked={draft.returns}
              onChecked={(returns) => edit({ returns })}
            />
            <Banner kind="warn">
              This is a script on your site: whoever can change it can do anything your page can.
              Keep it small. Only an owner can save it; every version is kept with its author.
            </Banner>
          </>
        )}
        {shell && <Banner kind="warn">Only an owner can save a command.</Banner>}
      </div>
    </Card>
  );
}
