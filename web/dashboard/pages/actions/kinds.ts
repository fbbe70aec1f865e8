/** The types of actions: what they are called, what they do, and which of them run here. */
import {
  AppWindow,
  Braces,
  Globe,
  LayoutPanelTop,
  MousePointerClick,
  SquareTerminal,
} from "lucide-preact";
import type { Schemas } from "#protocol";
import type { Icon } from "#ui";

/** How the server carries it out. */
export type Kind = Schemas["Action"]["handler"]["type"];

/** What is picked: a call may draw a widget besides. */
export type Shape = Kind | "httpWidget";

export interface KindFacts {
  label: string;
  icon: Icon;
  /** One sentence. */
  does: string;
  /** Calls of it run in this version. */
  works: boolean;
  /** What does not run of it today. */
  lacks?: string;
  /** Only an owner may store it. */
  owners?: true;
  /** Seconds one run may take. */
  timeout?: { usual: number; most: number };
}

const CALL = { usual: 15, most: 60 };

function cannotRun(what: string): string {
  return `${what} cannot run in this version of Deftly yet. You can write and save it; a call answers handler_unavailable.`;
}

export const KINDS: Readonly<Record<Shape, KindFacts>> = {
  http: {
    label: "Call API",
    icon: Globe,
    does: "Asks an API of yours, and the agent uses what it answers.",
    works: true,
    timeout: CALL,
  },
  httpWidget: {
    label: "API + Widget",
    icon: LayoutPanelTop,
    does: "Asks an API of yours, then draws the answer as a widget in the chat.",
    works: true,
    timeout: CALL,
  },
  widget: {
    label: "Widget only",
    icon: AppWindow,
    does: "Draws a widget that the agent fills from the conversation; nothing is called.",
    works: true,
  },
  client: {
    label: "Run code (Client)",
    icon: MousePointerClick,
    does: "Runs your JavaScript in the visitor's page: fill a cart, open a page.",
    works: true,
    owners: true,
    timeout: { usual: 10, most: 60 },
  },
  code: {
    label: "Code",
    icon: Braces,
    does: "Runs your JavaScript in a sandbox on the server, and the agent gets what it returns.",
    works: false,
    lacks: cannotRun("Sandboxed code"),
    timeout: { usual: 10, most: 10 },
  },
  shell: {
    label: "Shell",
    icon: SquareTerminal,
    does: "Runs a command in a sandbox on the server, and the agent gets what it prints.",
    works: false,
    lacks: cannotRun("A shell command"),
    owners: true,
    timeout: { usual: 30, most: 30 },
  },
};

export function sendsRequest(shape: Shape): boolean {
  return shape === "http" || shape === "httpWidget";
}

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] as const;

/** Whether a request of this method may change something at the other end. */
export function writes(method: string): boolean {
  return method !== "GET" && method !== "HEAD";
}
