/** Which type an action is of: every one with a sentence, and plainly where it does not run. */
import { useId } from "preact/hooks";
import { Badge } from "#ui";
import { may } from "../../data/session.ts";
import type { Section } from "./editor.tsx";
import { Isolation, unavailable } from "./isolation.tsx";
import { KINDS, type KindFacts, type Shape, sendsRequest } from "./kinds.ts";

export function KindPicker({ draft, edit }: Section) {
  const pick = (kind: Shape) => {
    const untouched = draft.timeout === String(KINDS[draft.kind].timeout?.usual ?? "");
    const usual = String(KINDS[kind].timeout?.usual ?? "");
    // Settings of one handler are refused at another.
    const kept = sendsRequest(kind) && sendsRequest(draft.kind) ? draft.kept : {};
    edit({ kind, kept, ...(untouched ? { timeout: usual } : {}) });
  };
  const facts = Object.entries(KINDS) as [Shape, KindFacts][];
  return (
    <div class="stack tight">
      <fieldset class="actions-kinds">
        <legend class="unseen">Type</legend>
        {facts.map(([kind, one]) => (
          <Choice
            key={kind}
            kind={kind}
            of={one}
            checked={draft.kind === kind}
            onPick={() => pick(kind)}
          />
        ))}
      </fieldset>
      <Isolation shape={draft.kind} />
    </div>
  );
}

interface ChoiceProps {
  kind: Shape;
  of: KindFacts;
  checked: boolean;
  onPick: () => void;
}

function Choice({ kind, of, checked, onPick }: ChoiceProps) {
  const { label, icon: Mark, does, owners } = of;
  const id = useId();
  const lacking = unavailable(kind);
  const barred = owners && !may("own");
  return (
    <label class={barred ? "actions-kind barred" : "actions-kind"}>
      <input
        type="radio"
        name="kind"
        aria-labelledby={`${id}-label`}
        aria-describedby={id}
        checked={checked}
        disabled={barred}
        onChange={onPick}
      />
      <Mark size={18} class="icon" />
      <span id={id}>
        <strong id={`${id}-label`}>{label}</strong>
        <span class="small soft">{does}</span>
        {lacking && <Badge>{lacking}</Badge>}
        {barred && <Badge>owners only</Badge>}
      </span>
    </label>
  );
}

/** The type of a stored action, which stays. */
export function KindLine({ shape }: { shape: Shape }) {
  const { label, icon: Mark, does } = KINDS[shape];
  return (
    <div class="stack tight">
      <p class="actions-kind-line">
        <Mark size={16} class="icon" />
        <span>
          <strong>{label}</strong>
          <span class="small soft">{does}</span>
        </span>
      </p>
      <Isolation shape={shape} />
    </div>
  );
}
