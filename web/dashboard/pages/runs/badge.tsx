/** The state of a run, and what an API or a command said to it. */
import { Badge, type Status, StatusBadge } from "#ui";
import { meaning } from "./words.ts";

interface RunBadgeProps {
  status: Status;
  refusedWith: string | undefined;
  error: string | undefined;
}

/** It ran and was answered, but with a no: that is told in place of the success. */
export function RunBadge({ status, refusedWith, error }: RunBadgeProps) {
  if (refusedWith !== undefined && status === "succeeded")
    return (
      <span title={`It ran, and ended with ${refusedWith}.`}>
        <Badge tone="amber" dot>
          {refusedWith}
        </Badge>
      </span>
    );
  return (
    <span title={error ?? meaning(status)}>
      <StatusBadge status={status} />
    </span>
  );
}
