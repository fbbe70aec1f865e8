import type { LucideIcon } from "lucide-preact";
import type { ButtonHTMLAttributes, ComponentChildren } from "preact";

export type Icon = LucideIcon;

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "size" | "children">;

export interface ButtonProps extends Native {
  kind?: "plain" | "primary" | "danger" | "quiet" | undefined;
  size?: "normal" | "small" | undefined;
  icon?: Icon | undefined;
  /** Shows that it works and takes no second click; the focus stays. */
  busy?: boolean | undefined;
  children?: ComponentChildren;
}

export function Button(props: ButtonProps) {
  const { kind = "plain", size, icon: Mark, busy, children, onClick, ...rest } = props;
  const classes = ["button", kind, size === "small" ? "small" : "", rest.class ?? ""].join(" ");
  return (
    <button
      type="button"
      {...rest}
      class={classes}
      aria-busy={busy ? "true" : undefined}
      aria-disabled={busy ? "true" : undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {busy ? <span class="spinner" /> : Mark && <Mark class="icon" size={16} />}
      {children}
    </button>
  );
}

export interface IconButtonProps extends Native {
  icon: Icon;
  /** What it does: read out, and shown when pointed at. */
  label: string;
  tipSide?: "center" | "left" | undefined;
}

export function IconButton({ icon: Mark, label, tipSide, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      class={`icon-button ${rest.class ?? ""}`}
      aria-label={label}
      data-tip={label}
      data-tip-side={tipSide}
    >
      <Mark class="icon" size={17} />
    </button>
  );
}
