/** What a page shows instead of, or above, its content. */
import { CircleAlert, Info, RotateCw, TriangleAlert } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { Button, type Icon } from "./button.tsx";
import { Card, SplitView } from "./content.tsx";

const MARKS = { info: Info, warn: TriangleAlert, bad: CircleAlert } as const;

interface BannerProps {
  kind: keyof typeof MARKS;
  action?: ComponentChildren;
  children: ComponentChildren;
}

export function Banner({ kind, action, children }: BannerProps) {
  const Mark = MARKS[kind];
  return (
    <div class={`banner ${kind}`} role={kind === "bad" ? "alert" : "status"}>
      <Mark class="icon" size={16} />
      <div class="grow">{children}</div>
      {action}
    </div>
  );
}

interface EmptyProps {
  icon: Icon;
  title: string;
  children?: ComponentChildren;
  actions?: ComponentChildren;
}

/** Nothing is here yet: what it would be good for, and how to begin. */
export function EmptyState({ icon: Mark, title, children, actions }: EmptyProps) {
  return (
    <div class="empty">
      <span class="mark">
        <Mark size={22} />
      </span>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <div class="row wrap">{actions}</div>}
    </div>
  );
}

interface FailureProps {
  error: { message: string };
  onRetry?: (() => void) | undefined;
}

/** It could not be loaded; trying again is one click. */
export function Failure({ error, onRetry }: FailureProps) {
  return (
    <EmptyState
      icon={CircleAlert}
      title="This could not be loaded"
      actions={
        onRetry && (
          <Button icon={RotateCw} onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {error.message}
    </EmptyState>
  );
}

/** A bar where text will be. */
export function Skeleton({ width = "60%" }: { width?: string }) {
  return <span class="skeleton" style={{ width }} aria-hidden="true" />;
}

/** In the shape of a long form with something beside it. */
export function FormSkeleton() {
  return (
    <SplitView side={<Bars />}>
      <Bars />
    </SplitView>
  );
}

function Bars() {
  return (
    <Card>
      <div class="stack">
        <Skeleton width="30%" />
        <Skeleton width="90%" />
        <Skeleton width="70%" />
        <Skeleton width="80%" />
      </div>
    </Card>
  );
}
