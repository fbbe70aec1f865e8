/** How an agent stands on pages: which may embed it, what they may tell it, how it looks there. */
import { Card, Checkbox, Field, type Option, Select, TextArea, TextInput } from "#ui";
import { type Draft, filled } from "./draft.ts";
import type { PartProps } from "./form.tsx";

type Embed = Draft["embed"];

const POSITIONS: readonly Option[] = [
  { value: "", label: "Right" },
  { value: "left", label: "Left" },
];

const THEMES: readonly Option[] = [
  { value: "", label: "As the visitor’s system has it" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

export function Look({ draft, set }: PartProps) {
  const { embed } = draft;
  const choose = (change: Embed) => set({ embed: filled({ ...embed, ...change }) });
  return (
    <Card title="How it looks on a page">
      <div class="stack">
        <div class="agents-pair">
          <Field
            label="Words on the button"
            path="embed.launcherText"
            optional
            hint="Beside its picture."
          >
            <TextInput
              value={embed.launcherText ?? ""}
              placeholder="Ask us"
              onValue={(launcherText) => choose({ launcherText })}
            />
          </Field>
          <Field label="Colour" path="embed.color" optional hint="Six digits: #0f766e">
            <div class="row">
              <input
                type="color"
                class="agents-color"
                aria-label="Pick it from a palette"
                value={/^#[0-9a-f]{6}$/i.test(embed.color ?? "") ? (embed.color ?? "") : "#4f46e5"}
                onInput={(event) => choose({ color: event.currentTarget.value })}
              />
              <TextInput
                mono
                value={embed.color ?? ""}
                placeholder="#4f46e5"
                onValue={(color) => choose({ color })}
              />
            </div>
          </Field>
          <Field label="Corner" path="embed.position">
            <Select
              value={embed.position === "left" ? "left" : ""}
              options={POSITIONS}
              onValue={(value) => choose({ position: value === "left" ? "left" : null })}
            />
          </Field>
          <Field label="Light or dark" path="embed.theme">
            <Select
              value={embed.theme === "auto" ? "" : (embed.theme ?? "")}
              options={THEMES}
              onValue={(value) =>
                choose({ theme: value === "light" || value === "dark" ? value : null })
              }
            />
          </Field>
          <Field
            label="Language of its own words"
            path="embed.language"
            optional
            hint="Such as en or de; left empty, that of the page."
          >
            <TextInput
              mono
              value={embed.language ?? ""}
              onValue={(language) => choose({ language })}
            />
          </Field>
        </div>
      </div>
    </Card>
  );
}

export function Pages({ draft, set }: PartProps) {
  return (
    <Card title="Where it may stand">
      <div class="stack">
        <Field
          label="Allowed origins"
          path="allowedOrigins"
          optional
          hint="Pages that may embed it, one a line, as the browser spells them: https://shop.example. With none, nobody can."
        >
          <TextArea
            mono
            rows={2}
            value={draft.allowedOrigins}
            onValue={(allowedOrigins) => set({ allowedOrigins })}
          />
        </Field>
        <Checkbox
          label="Pages may tell it where the visitor is"
          hint="Address, title and values of the page’s choice reach the model and {{page.url}}, {{page.title}}, {{page.…}}. They come from the browser and prove nothing."
          checked={draft.allowPageContext}
          onChecked={(allowPageContext) => set({ allowPageContext })}
        />
      </div>
    </Card>
  );
}
