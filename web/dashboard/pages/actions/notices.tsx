/** What is told above an open editor of what happened to its action elsewhere. */
import type { Schemas } from "#protocol";
import { Banner, Button } from "#ui";
import type { Action } from "./draft.ts";

interface NoticesProps {
  base: Action;
  latest: Action;
  /** The action is there no more. */
  gone: boolean;
  /** Something on the screen is not saved. */
  dirty: boolean;
  fileProblem: Schemas["FileWarning"] | null;
  onCompare: () => void;
  onKeep: () => void;
}

export function Notices({ base, latest, gone, dirty, fileProblem, ...on }: NoticesProps) {
  if (gone)
    return (
      <Banner
        kind="bad"
        action={
          <Button size="small" onClick={on.onKeep}>
            Save as a new action
          </Button>
        }
      >
        This action was deleted elsewhere. What is on the screen can be saved as a new one.
      </Banner>
    );
  const newer = (latest.version ?? 0) > (base.version ?? 0);
  return (
    <>
      {fileProblem && <Unusable problem={fileProblem} />}
      {newer && dirty && (
        <Banner
          kind="warn"
          action={
            <Button size="small" onClick={on.onCompare}>
              Compare
            </Button>
          }
        >
          Somebody changed this action while you did: it is at version {latest.version} now, yours
          began at {base.version}.
        </Banner>
      )}
    </>
  );
}

function Unusable({ problem: { file, line, message, fix } }: { problem: Schemas["FileWarning"] }) {
  return (
    <Banner kind="bad">
      <p>
        <code>{file}</code> was changed by hand and cannot be used as it stands
        {line === null ? "" : ` (line ${line})`}: {message} {fix}
      </p>
      <p>Until then its last good version answers, and nothing is saved over the file.</p>
    </Banner>
  );
}
