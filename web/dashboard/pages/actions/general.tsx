/** What an action is and what it is called. */
import { Card, Field, TextArea, TextInput } from "#ui";
import type { Section } from "./editor.tsx";
import { nameProblem, toolName } from "./naming.ts";

// On a phone the keyboard would cover the types there are to choose from.
const WIDE = matchMedia("(min-width: 861px)");

export function General({ draft, edit }: Section) {
  const tool = toolName(draft.name);
  return (
    <Card title="General">
      <div class="stack">
        <Field
          label="Name"
          path="name"
          problem={nameProblem(draft.name)}
          hint={
            tool ? (
              <>
                The model sees <code>{tool}</code>
              </>
            ) : (
              "A verb and what it is about; the model sees it."
            )
          }
        >
          <TextInput
            placeholder="Get order status"
            autoFocus={draft.name === "" && WIDE.matches}
            value={draft.name}
            onValue={(name) => edit({ name })}
          />
        </Field>
        <Field
          label="When to use it"
          path="description"
          hint="The model decides by this text: say what it does, and when it is the right choice."
        >
          <TextArea
            placeholder="Looks up where an order is. Use it when a customer asks about a delivery and gives an order number."
            value={draft.description}
            onValue={(description) => edit({ description })}
          />
        </Field>
        <Field
          label="Other ways to ask"
          path="similes"
          optional
          hint="One a line: what people say when they mean this."
        >
          <TextArea
            class="actions-similes"
            placeholder={"where is my parcel\ntrack my order"}
            value={draft.similes}
            onValue={(similes) => edit({ similes })}
          />
        </Field>
      </div>
    </Card>
  );
}
