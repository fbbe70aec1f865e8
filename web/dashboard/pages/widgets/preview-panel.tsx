/** The card as a conversation shows it, in light and in dark, and as the agent is told of it. */
import { useSignal } from "@preact/signals";
import { LayoutPanelTop } from "lucide-preact";
import {
  Banner,
  Card,
  CodeEditor,
  EmptyState,
  Field,
  type Problem,
  Skeleton,
  Tabs,
  theme,
} from "#ui";
import { WidgetCard } from "#widget/card.tsx";
import type { Pressed } from "#widget/draw.ts";
import { jsonFault } from "../../data/json.ts";
import { may } from "../../data/session.ts";
import type { Previewed } from "./previewing.ts";

const LOOKS = [
  { key: "light", label: "Light" },
  { key: "dark", label: "Dark" },
  { key: "told", label: "Text" },
] as const;

type Look = (typeof LOOKS)[number]["key"];

/** As the dashboard itself is. */
function present(): Look {
  if (theme.peek() !== "system") return theme.peek() as Look;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

interface PanelProps {
  of: Previewed;
  title: string;
  /** Problems that no field of the form shows. */
  problems: readonly Problem[];
  /** A field says why there is no card. */
  told: boolean;
  other: string;
  onOther: (text: string) => void;
}

export function PreviewPanel({ of, title, problems, told, other, onOther }: PanelProps) {
  const look = useSignal<Look>(present());
  if (!may("manage"))
    return (
      <Card title="Preview">
        <p class="soft">Editors and owners see the card here.</p>
      </Card>
    );
  return (
    <Card title="Preview">
      <div class="stack tight">
        <Tabs
          label="How it is shown"
          tabs={LOOKS}
          selected={look.value}
          onSelect={(key) => {
            look.value = key;
          }}
        >
          <Shown of={of} look={look.value} title={title} />
        </Tabs>
        {of.error && !of.behind && !told && <Banner kind="bad">{of.error}</Banner>}
        {problems.length > 0 && (
          <Banner kind="warn">
            {problems.map(({ path, message }) => (
              <p key={`${path} ${message}`}>{message}</p>
            ))}
          </Banner>
        )}
        <OtherData text={other} onText={onOther} />
      </div>
    </Card>
  );
}

function Shown({
  of: { drawn, behind, error },
  look,
  title,
}: {
  of: Previewed;
  look: Look;
  title: string;
}) {
  const pressed = useSignal<Pressed | undefined>(undefined);
  if (!drawn)
    return error || !behind ? (
      <EmptyState icon={LayoutPanelTop} title="No card yet">
        It is drawn here as soon as the template can be.
      </EmptyState>
    ) : (
      <div class="widgets-stage">
        <div class="stack">
          <Skeleton width="50%" />
          <Skeleton width="80%" />
          <Skeleton width="64%" />
        </div>
      </div>
    );
  if (look === "told")
    return (
      <>
        <p class="small soft">
          What the agent is told that the person sees, and what stands where no card can be drawn.
        </p>
        <pre class="code-block widgets-told">{drawn.spoken || "(nothing to read)"}</pre>
      </>
    );
  return (
    <>
      <div
        class={`widgets-stage scheme-${look} ${behind || error ? "behind" : ""}`}
        aria-busy={behind}
      >
        <WidgetCard
          card={drawn.card}
          spoken={drawn.spoken}
          label={title}
          onPress={(what) => {
            pressed.value = what;
          }}
        />
      </div>
      <p class="small soft" role="status">
        {pressed.value ? sentence(pressed.value) : "Buttons send nothing here."}
      </p>
    </>
  );
}

function sentence({ inputs }: Pressed): string {
  const given = Object.entries(inputs).map(([name, value]) => `${name} = ${value || "(empty)"}`);
  return given.length > 0
    ? `In a conversation, that would send: ${given.join(", ")}.`
    : "In a conversation, that would send the button alone.";
}

function OtherData({ text, onText }: { text: string; onText: (text: string) => void }) {
  return (
    <details class="widgets-other">
      <summary>Try other data</summary>
      <Field
        label="Data over the example"
        hint="As a call's arguments or an API's answer would be. It is not saved."
        problem={text.trim() ? jsonFault(text) : undefined}
      >
        <CodeEditor language="json" rows={5} placeholder="{}" value={text} onValue={onText} />
      </Field>
    </details>
  );
}
