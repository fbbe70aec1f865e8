/** The state of a run, and what an API said to it. */
import { Badge, type Status, StatusBadge } from "#ui";
import { meaning } from "./words.ts";

interface RunBadgeProps {
  status: Status;
  refusedWith: number | undefined;
  error: string | undefined;
}

/** It ran and was answered, but with a no: that is told in place of the success. */
export function RunBadge({ status, refusedWith, error }: RunBadgeProps) {
  if (refusedWith !== undefined && status === "succeeded")
    return (
      <span title={`It ran; the other end answered with HTTP ${refusedWith}.`}>
        <Badge tone="amber" dot>
          HTTP {refusedWith}
        </Badge>
      </span>
    );
  return (
    <span title={error ?? meaning(status)}>
      <StatusBadge status={status} />
    </span>
  );
}
