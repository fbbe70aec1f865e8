/** What a new widget may begin with. */
import { useSignal } from "@preact/signals";
import { FilePlus } from "lucide-preact";
import { Button, Card, Failure, Page } from "#ui";
import { api } from "../../data/api.ts";
import { useResource } from "../../data/resource.ts";
import { FromWords } from "../../frame/from-words.tsx";
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
        <Words />
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

function Words() {
  const prompt = useSignal("");
  return (
    <FromWords
      prompt={prompt}
      label="What should it show?"
      hint="In words, or the JSON of an Adaptive Card. A draft of it opens in the editor."
      placeholder="A parcel with its number, where it is now, when it arrives, and a button to change the address."
      onMake={make}
      instead={
        <p>An Adaptive Card that you paste works without one, and so do the samples below.</p>
      }
    />
  );
}

async function make(prompt: string): Promise<void> {
  const { generated, warnings } = await api.post("/api/widgets/generate", { prompt });
  await propose({
    definition: generated as unknown as Said,
    warnings: warnings.map((one) => one.message),
  });
}
