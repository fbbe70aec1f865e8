/** Two people changed one action: both changes side by side, and three ways on. */
import { Banner, Button, Dialog } from "#ui";
import { Changes } from "./changes.tsx";
import { differences } from "./differences.ts";
import { type Action, type Draft, definitionOf, draftOf, merge } from "./draft.ts";

interface ConflictProps {
  base: Action;
  latest: Action;
  mine: Draft;
  onTake: () => void;
  onMerge: (merged: Draft) => void;
  onClose: () => void;
}

/** What the form calls them. */
const SHOWN: Record<keyof Draft, string> = {
  name: "name",
  description: "when to use it",
  similes: "other ways to ask",
  kind: "type",
  method: "method",
  url: "URL",
  headers: "headers",
  body: "body",
  resultPath: "keep from the answer",
  omitMissing: "leave out what is not given",
  code: "code",
  allowOptions: "values that may begin with - or @",
  returns: "hand what it returns to the agent",
  timeout: "time limit",
  kept: "settings that are only in the file",
  widget: "widget",
  inputs: "inputs",
  schema: "JSON Schema",
  examples: "examples",
  mode: "run mode",
  acknowledged: "running without asking",
  callsPerMinute: "calls a minute",
  enabled: "on or off",
};

export function Conflict({ base, latest, mine, onTake, onMerge, onClose }: ConflictProps) {
  const merged = merge(draftOf(base), mine, draftOf(latest));
  return (
    <Dialog
      wide
      title="Somebody else changed this action"
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Decide later</Button>
          <Button kind="danger" onClick={onTake}>
            Drop mine
          </Button>
          <Button kind="primary" onClick={() => onMerge(merged.draft)}>
            Merge both
          </Button>
        </>
      }
    >
      <p class="soft">
        Version {latest.version} was saved after you began with version {base.version}. Merging
        keeps what you typed and takes over everything only they changed; it is saved when you save.
      </p>
      {merged.clashes.length > 0 && (
        <Banner kind="warn">
          Both of you changed: {merged.clashes.map((key) => SHOWN[key]).join(", ")}. Merging keeps
          yours there.
        </Banner>
      )}
      <div class="actions-both">
        <section>
          <h3>Theirs</h3>
          <Changes of={differences(base, latest)} before="Before" after="Theirs" />
        </section>
        <section>
          <h3>Yours</h3>
          <Changes of={mineOf(base, mine)} before="Before" after="Yours" />
        </section>
      </div>
    </Dialog>
  );
}

function mineOf(base: Action, mine: Draft) {
  try {
    return differences(definitionOf(draftOf(base), base), definitionOf(mine, base));
  } catch {
    return [
      { path: "inputSchema", label: "JSON Schema", before: undefined, after: mine.schema ?? "" },
    ];
  }
}
