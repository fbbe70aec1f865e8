/** Which widget an action draws. */
import { Card, Field, TextInput } from "#ui";
import type { Section } from "./editor.tsx";

export function Widget({ draft, edit }: Section) {
  const call = draft.kind === "httpWidget";
  return (
    <Card title="Widget">
      <Field
        label="Name of the widget"
        path="widget"
        optional={!call}
        hint={
          call
            ? "It shows the answer. It need not be there yet."
            : "The agent fills it. It need not be there yet."
        }
        problem={call && !draft.widget.trim() ? "Name a widget, or pick Call API." : undefined}
      >
        <TextInput
          mono
          placeholder="order_card"
          value={draft.widget}
          onValue={(widget) => edit({ widget })}
        />
      </Field>
    </Card>
  );
}
