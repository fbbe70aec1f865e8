/** The types of actions: what they are called and what they do. */
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
  /** Runs in the server's sandbox, which not every machine can offer. */
  isolated?: true;
  /** Only an owner may store it. */
  owners?: true;
  /** Seconds one run may take. */
  timeout?: { usual: number; most: number };
}

const CALL = { usual: 15, most: 60 };

export const KINDS: Readonly<Record<Shape, KindFacts>> = {
  http: {
    label: "Call API",
    icon: Globe,
    does: "Asks an API of yours, and the agent uses what it answers.",
    timeout: CALL,
  },
  httpWidget: {
    label: "API + Widget",
    icon: LayoutPanelTop,
    does: "Asks an API of yours, then draws the answer as a widget in the chat.",
    timeout: CALL,
  },
  widget: {
    label: "Widget only",
    icon: AppWindow,
    does: "Draws a widget that the agent fills from the conversation; nothing is called.",
  },
  client: {
    label: "Run code (Client)",
    icon: MousePointerClick,
    does: "Runs your JavaScript in the visitor's page: fill a cart, open a page.",
    owners: true,
    timeout: { usual: 10, most: 60 },
  },
  code: {
    label: "Code",
    icon: Braces,
    does: "Runs your JavaScript in a sandbox on the server, and the agent gets what it returns.",
    isolated: true,
    timeout: { usual: 10, most: 10 },
  },
  shell: {
    label: "Shell",
    icon: SquareTerminal,
    does: "Runs a command in a sandbox on the server, and the agent gets what it prints.",
    isolated: true,
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
