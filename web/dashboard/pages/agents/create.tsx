/** A new agent: a name first, everything else on its own page. */
import { useSignal } from "@preact/signals";
import { Button, Dialog, Field, TextInput } from "#ui";
import { type ApiError, api, asApiError } from "../../data/api.ts";
import { go } from "../../frame/router.ts";
import { agents, pathOf } from "./agents.ts";

export function NewAgent({ onClose }: { onClose: () => void }) {
  const title = useSignal("");
  const typed = useSignal<string | undefined>(undefined);
  const busy = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  const name = typed.value ?? slug(title.value);
  const submit = async () => {
    busy.value = true;
    try {
      const { agent } = await api.post("/api/agents", { name, title: title.value });
      agents.refresh();
      onClose();
      go(pathOf(agent.name));
    } catch (fault) {
      error.value = asApiError(fault);
    } finally {
      busy.value = false;
    }
  };
  return (
    <Dialog
      title="Create an agent"
      onClose={onClose}
      onSubmit={submit}
      error={error.value}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" busy={busy.value}>
            Create agent
          </Button>
        </>
      }
    >
      <Field label="Title" path="title" optional hint="What people call it.">
        <TextInput
          autoFocus
          placeholder="Shop assistant"
          value={title.value}
          onValue={(text) => {
            title.value = text;
          }}
        />
      </Field>
      <Field
        label="Name"
        path="name"
        hint="What programs call it: lower-case letters, digits and hyphens. It stays as it is."
      >
        <TextInput
          mono
          placeholder="shop-assistant"
          value={name}
          onValue={(text) => {
            typed.value = text;
          }}
        />
      </Field>
    </Dialog>
  );
}

/** `Shop assistant` gives `shop-assistant`. */
function slug(title: string): string {
  return title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
}
