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

const SHOWN: Partial<Record<string, string>> = {
  kind: "type",
  code: "code",
  kept: "other settings",
  omitMissing: "what is left out",
  similes: "other ways to ask",
  inputs: "inputs",
  schema: "JSON Schema",
  mode: "run mode",
  resultPath: "result path",
  callsPerMinute: "calls a minute",
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
          Both of you changed: {merged.clashes.map((key) => SHOWN[key] ?? key).join(", ")}. Merging
          keeps yours there.
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
