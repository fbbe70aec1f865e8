/** What a new widget may begin with. */
import { useSignal } from "@preact/signals";
import { FilePlus, Sparkles } from "lucide-preact";
import { Banner, Button, Card, Failure, Field, Form, Page, TextArea } from "#ui";
import { type ApiError, api, asApiError } from "../../data/api.ts";
import { useResource } from "../../data/resource.ts";
import { go } from "../../frame/router.ts";
import "./widgets.css";
import type { Said } from "./draft.ts";
import { propose } from "./proposal.ts";
import { Tile, TileBars } from "./tile.tsx";
import { gallery } from "./widgets.ts";

export function Choose() {
  return (
    <Page
      title="New widget"
      lead="A card that is filled with data. Begin with one that is near."
      back={{ href: "/widgets", label: "Widgets" }}
      actions={
        <Button icon={FilePlus} onClick={() => go("/widgets/new?empty=1")}>
          Begin with an empty card
        </Button>
      }
    >
      <Card title="Describe it">
        <FromWords />
      </Card>
      <section class="stack">
        <h2 class="widgets-head">Or take one of these</h2>
        <Gallery />
      </section>
    </Page>
  );
}

export function Gallery() {
  const { value, error, refresh } = useResource(gallery);
  if (error.value && !value.value) return <Failure error={error.value} onRetry={refresh} />;
  return (
    <ul class="widgets-tiles">
      {value.value ? (
        value.value.map((one) => (
          <Tile key={one.name} of={one} href={`/widgets/new?sample=${one.name}`} />
        ))
      ) : (
        <TileBars count={7} />
      )}
    </ul>
  );
}

function FromWords() {
  const prompt = useSignal("");
  const busy = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  const refused = error.value;
  const submit = async () => {
    if (busy.peek()) return;
    busy.value = true;
    try {
      const { generated, warnings } = await api.post("/api/widgets/generate", {
        prompt: prompt.peek(),
      });
      await propose({
        definition: generated as unknown as Said,
        warnings: warnings.map((one) => one.message),
      });
    } catch (fault) {
      error.value = asApiError(fault);
    } finally {
      busy.value = false;
    }
  };
  const unavailable = refused?.code === "model_unavailable";
  return (
    <Form class="stack" onSubmit={submit} error={unavailable ? undefined : refused}>
      {unavailable && (
        <Banner kind="info">
          <strong>Plain words need a model that can write definitions.</strong>
          <p>{refused?.message}</p>
          <p>An Adaptive Card that you paste works without one, and so do the samples below.</p>
        </Banner>
      )}
      <Field
        label="What should it show?"
        path="prompt"
        hint="In words, or the JSON of an Adaptive Card. A draft of it opens in the editor."
      >
        <TextArea
          rows={3}
          placeholder="A parcel with its number, where it is now, when it arrives, and a button to change the address."
          value={prompt.value}
          onValue={(text) => {
            prompt.value = text;
          }}
        />
      </Field>
      <div class="row">
        <Button kind="primary" type="submit" icon={Sparkles} busy={busy.value}>
          {busy.value ? "Making a draft…" : "Make a draft"}
        </Button>
      </div>
    </Form>
  );
}
