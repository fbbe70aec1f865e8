/** Somebody else changed the same field of a widget: whose it is to be. */
import { Banner, Button } from "#ui";
import { FIELDS, type FieldName } from "./draft.ts";

interface ConflictProps {
  fields: readonly FieldName[];
  onSettle: (theirs: boolean) => void;
}

export function Conflict({ fields, onSettle }: ConflictProps) {
  return (
    <Banner
      kind="warn"
      action={
        <div class="row wrap">
          <Button size="small" onClick={() => onSettle(true)}>
            Take theirs
          </Button>
          <Button size="small" onClick={() => onSettle(false)}>
            Keep mine
          </Button>
        </div>
      }
    >
      Somebody else changed the same: {fields.map((one) => FIELDS[one]).join(", ")}. The form shows
      yours.
    </Banner>
  );
}
