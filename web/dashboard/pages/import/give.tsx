/** What to make actions of: three ways to say it. */
import { FileUp, Terminal } from "lucide-preact";
import { Button, Card, Field, Form, Tabs, TextArea } from "#ui";
import { api } from "../../data/api.ts";
import { FromWords } from "../../frame/from-words.tsx";
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
          {way === "words" && <Words />}
          {way === "curl" && <FromCommands />}
          {way === "file" && <FromFile />}
        </Card>
      </Tabs>
      <Templates />
    </>
  );
}

function Words() {
  return (
    <FromWords
      prompt={typed.words}
      label="What should it do?"
      hint="Name the API and what differs from call to call. A model makes a draft of it, which opens in the editor."
      placeholder="Look up the weather of a place with api.open-meteo.com, by latitude and longitude."
      onMake={make}
      instead={
        <>
          <p>A file works without a model too.</p>
          <span class="row wrap">
            <Button size="small" onClick={() => toWay("curl")}>
              Paste cURL
            </Button>
            <Button size="small" onClick={() => toWay("file")}>
              Choose a file
            </Button>
          </span>
        </>
      }
    />
  );
}

async function make(prompt: string): Promise<void> {
  const made = await api.post("/api/custom-actions/generate", { prompt });
  const { handlerType: _, ...definition } = made.generated;
  await propose({
    definition: definition as unknown as Definition,
    warnings: made.warnings.map((one) => one.message),
  });
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
