/** What a code, shell or client action runs. */
import { useMemo } from "preact/hooks";
import {
  Banner,
  Button,
  Card,
  Checkbox,
  CodeEditor,
  Field,
  type Members,
  type Placeholders,
  useRefused,
} from "#ui";
import { AllowedOptions } from "./allowed-options.tsx";
import type { Section } from "./editor.tsx";
import { InReach } from "./in-reach.tsx";
import { type CodeFault, refusedLine, secretsReadIn } from "./program-text.ts";
import { startOf } from "./starting.ts";
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
    hint: "params holds the inputs by name. What it returns is what the agent gets; awaiting is fine.",
    placeholder: "return { total: params.price * params.amount };",
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
    placeholder: "printf '%s' {{text}} | wc -w",
  },
};

interface ProgramProps extends Section {
  kind: Kind;
  placeholders: Placeholders;
  /** For code: what is in reach, by the names of objects. */
  members: Members;
  /** Where the last test found it to be wrong. */
  fault: CodeFault | undefined;
}

export function Program({ kind, draft, edit, placeholders, members, fault }: ProgramProps) {
  const { title, label, path, hint, placeholder } = WORDS[kind];
  const shell = kind === "shell";
  const empty = draft.code.trim() === "";
  const refused = useRefusal(draft.code, path);
  const tested = kind === "code" && fault?.code === draft.code ? fault : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: open for whoever begins
  const begins = useMemo(() => empty, [kind]);
  return (
    <Card
      title={title}
      actions={
        kind !== "client" &&
        empty && (
          <Button size="small" onClick={() => edit(startOf(kind, draft))}>
            Begin with a sample
          </Button>
        )
      }
    >
      <div class="stack">
        <Field
          label={label}
          path={path}
          hint={hint}
          {...(shell ? saidOf(placeholders.marks(draft.code)) : {})}
          {...(kind === "code" ? { warning: warningOf(draft.code, members, tested) } : {})}
        >
          <CodeEditor
            key={kind}
            language={shell ? "text" : "javascript"}
            rows={10}
            placeholder={placeholder}
            value={draft.code}
            placeholders={shell ? placeholders : undefined}
            members={kind === "code" ? members : undefined}
            fault={refused ?? tested}
            onValue={(code) => edit({ code })}
          />
        </Field>
        {shell && <AllowedOptions draft={draft} edit={edit} />}
        {kind !== "client" && <InReach key={kind} of={kind} open={begins} />}
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
        {shell && <p class="small soft">Only an owner can save a command.</p>}
      </div>
    </Card>
  );
}

/** The line that was refused, while the text is still the same. */
function useRefusal(code: string, path: string): CodeFault | undefined {
  const [problem] = useRefused(path);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text that was refused
  const found = useMemo(() => refusedLine(code, problem?.message), [problem]);
  return found?.code === code ? found : undefined;
}

/** The line a test stumbled over, and secrets that nobody has stored. */
function warningOf(
  code: string,
  members: Members,
  fault: CodeFault | undefined,
): string | undefined {
  const stored = members["secrets"]?.map((one) => one.name);
  const missing = stored ? secretsReadIn(code).filter((name) => !stored.includes(name)) : [];
  const said = missing.map(
    (name) => `There is no secret ${name} yet; calls fail until it is stored.`,
  );
  if (fault) said.unshift(`The test stopped at line ${fault.line}: ${fault.says}`);
  return said.join(" ") || undefined;
}
