/** The kinds of actions: what they are called, and which of them work. */
import { AppWindow, Braces, Globe, MousePointerClick, SquareTerminal } from "lucide-preact";
import type { Schemas } from "#protocol";
import type { Icon } from "#ui";

export type Kind = Schemas["Action"]["handler"]["type"];

interface KindFacts {
  label: string;
  icon: Icon;
  does: string;
  works: boolean;
}

export const KINDS: Readonly<Record<Kind, KindFacts>> = {
  http: {
    label: "Call API",
    icon: Globe,
    does: "Sends an HTTP request and hands the answer to the agent.",
    works: true,
  },
  code: { label: "Code", icon: Braces, does: "Runs JavaScript in a sandbox.", works: false },
  shell: {
    label: "Shell",
    icon: SquareTerminal,
    does: "Runs a command in a sandbox.",
    works: false,
  },
  widget: { label: "Widget", icon: AppWindow, does: "Shows a widget.", works: false },
  client: {
    label: "Run code (Client)",
    icon: MousePointerClick,
    does: "Runs JavaScript in the visitor's page.",
    works: false,
  },
};

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] as const;

/** Whether a request of this method may change something at the other end. */
export function writes(method: string): boolean {
  return method !== "GET" && method !== "HEAD";
}
