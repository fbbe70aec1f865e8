/** What to make actions of: three ways to say it. */
import { useSignal } from "@preact/signals";
import { FileUp, Sparkles, Terminal } from "lucide-preact";
import { Banner, Button, Card, Field, Form, Tabs, TextArea } from "#ui";
import { type ApiError, api, asApiError } from "../../data/api.ts";
import { place, setQuery } from "../../frame/router.ts";
import type { Definition } from "../actions/draft.ts";
import { propose } from "../actions/proposal.ts";
import { Templates } from "./empty.tsx";
import { FromFile } from "./from-file.tsx";
import { commandsIn, ofCommands } from "./reading.ts";
import { fault, found, startOver, typed } from "./state.ts";
import { read } from "./work.ts";

const WAYS = [
  { key: "words", label: "Describe it" },
  { key: "curl", label: "cURL" },
  { key: "file", label: "File" },
] as const;

type Way = (typeof WAYS)[number]["key"];

const toWay = (from: Way) => {
  fault.value = undefined;
  setQuery({ from });
};

export function Give() {
  const asked = place.value.query.get("from");
  const way = WAYS.find((one) => one.key === asked)?.key ?? "words";
  return (
    <>
      <Tabs label="How to add actions" tabs={WAYS} selected={way} onSelect={toWay}>
        <Card>
          {way === "words" && <FromWords />}
          {way === "curl" && <FromCommands />}
          {way === "file" && <FromFile />}
        </Card>
      </Tabs>
      <Templates />
    </>
  );
}

function FromWords() {
  const prompt = typed.words;
  const busy = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  const refused = error.value;
  const submit = async () => {
    if (busy.peek()) return;
    busy.value = true;
    try {
      const made = await api.post("/api/custom-actions/generate", { prompt: prompt.peek() });
      const { handlerType: _, ...definition } = made.generated;
      await propose({
        definition: definition as unknown as Definition,
        warnings: made.warnings.map((one) => one.message),
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
      {unavailable && <NoModel error={refused} />}
      <Field
        label="What should it do?"
        path="prompt"
        hint="Name the API and what differs from call to call. A model makes a draft of it, which opens in the editor."
      >
        <TextArea
          class="import-text"
          placeholder="Look up the weather of a place with api.open-meteo.com, by latitude and longitude."
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

function NoModel({ error }: { error: ApiError }) {
  return (
    <Banner kind="info">
      <div class="stack tight">
        <strong>Plain words need a model that can write definitions.</strong>
        <p>{error.message}</p>
        <p>A file works without a model too.</p>
        <span class="row wrap">
          <Button size="small" onClick={() => toWay("curl")}>
            Paste cURL
          </Button>
          <Button size="small" onClick={() => toWay("file")}>
            Choose a file
          </Button>
        </span>
      </div>
    </Banner>
  );
}

function FromCommands() {
  const text = typed.commands;
  const many = commandsIn(text.value).length;
  const submit = async () => {
    const done = await read("the commands", async () => ofCommands(text.peek(), "What you pasted"));
    if (done) await openAlone();
  };
  return (
    <Form class="stack" onSubmit={submit} error={fault.value}>
      <Field
        label="cURL commands"
        path="curl"
        hint={
          <>
            One, or several below each other. Write <code>{"{{order_id}}"}</code> where a value
            differs from call to call. Keys and passwords are kept as secrets.
          </>
        }
      >
        <TextArea
          mono
          class="import-text"
          placeholder={
            "curl https://api.example.com/orders/{{order_id}} \\\n  -H 'Authorization: Bearer …'"
          }
          value={text.value}
          onValue={(now) => {
            text.value = now;
          }}
        />
      </Field>
      <div class="row">
        <Button kind="primary" type="submit" icon={many > 1 ? FileUp : Terminal}>
          {many > 1 ? `Read ${many} commands` : "Read the command"}
        </Button>
      </div>
    </Form>
  );
}

/** One command goes to the editor, unless it holds a credential, which only a save from here keeps. */
async function openAlone(): Promise<void> {
  const [item, ...others] = found.peek()?.items ?? [];
  if (!item || others.length > 0 || item.keeps?.length) return;
  startOver();
  typed.commands.value = "";
  await propose({ definition: item.definition, warnings: item.warnings });
}
