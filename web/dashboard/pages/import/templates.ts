/** Starting points: requests nearly every API has. */
import { FileSearch, type LucideIcon, Search, Send } from "lucide-preact";
import type { Definition } from "../actions/draft.ts";

export interface Template {
  key: string;
  icon: LucideIcon;
  title: string;
  does: string;
  definition: Definition;
}

const HOST = "https://api.example.com";

export const TEMPLATES: readonly Template[] = [
  {
    key: "look-up",
    icon: FileSearch,
    title: "Look something up",
    does: "GET one thing by its number. Runs at once.",
    definition: {
      name: "Get order",
      description: "Looks up an order. Use it when somebody asks about one and gives its number.",
      parameters: [
        { name: "order_id", type: "string", description: "The order's number", required: true },
      ],
      handler: { type: "http", method: "GET", url: `${HOST}/orders/{{order_id}}` },
      executionMode: "auto",
    },
  },
  {
    key: "search",
    icon: Search,
    title: "Search",
    does: "GET a list by what was asked. Runs at once.",
    definition: {
      name: "Search products",
      description: "Finds products by words. Use it when somebody looks for something to buy.",
      parameters: [
        { name: "words", type: "string", description: "What to look for", required: true },
      ],
      handler: { type: "http", method: "GET", url: `${HOST}/products?q={{words}}` },
      executionMode: "auto",
    },
  },
  {
    key: "change",
    icon: Send,
    title: "Change something",
    does: "POST with a body. A person is asked first.",
    definition: {
      name: "Create ticket",
      description: "Opens a support ticket. Use it when a problem cannot be solved in the chat.",
      parameters: [
        { name: "subject", type: "string", description: "One line", required: true },
        { name: "message", type: "string", description: "The problem in full", required: true },
      ],
      handler: {
        type: "http",
        method: "POST",
        url: `${HOST}/tickets`,
        headers: { "Content-Type": "application/json" },
        body: { subject: "{{subject}}", message: "{{message}}" },
      },
      executionMode: "confirm",
    },
  },
];

export function templateOf(key: string | null): Template | undefined {
  return TEMPLATES.find((one) => one.key === key);
}
