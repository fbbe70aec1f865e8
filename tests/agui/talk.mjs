// Holds a conversation with a running server as any AG-UI client would: a look-up, a call that
// asks, its confirmation. Prints what it saw as one JSON object.
//
//   node talk.mjs http://127.0.0.1:8484 [key]

import { HttpAgent } from "@ag-ui/client";

const [url, key] = process.argv.slice(2);
const agent = new HttpAgent({
  url: `${url}/api/chat/default`,
  threadId: "standard-client",
  headers: key ? { Authorization: `Bearer ${key}` } : {},
});

const seen = [];
const watch = { onEvent: ({ event }) => void seen.push(event.type) };

async function turn(text, parameters = {}) {
  seen.length = 0;
  if (text) agent.addMessage({ id: crypto.randomUUID(), role: "user", content: text });
  const { newMessages } = await agent.runAgent(parameters, watch);
  return {
    events: [...seen],
    messages: newMessages.map(({ role, content, toolCalls }) => ({
      role,
      content,
      tools: toolCalls?.map((call) => call.function.name),
    })),
    interrupts: agent.pendingInterrupts.map(({ id, reason, metadata }) => ({
      id,
      reason,
      tool: metadata?.tool,
      hasToken: typeof metadata?.token === "string",
    })),
  };
}

const lookedUp = await turn("Where is my order A-1042?");
const asked = await turn("Please return A-1038, it is too small.");
const resume = agent.pendingInterrupts.map((one) => ({
  interruptId: one.id,
  status: "resolved",
  payload: { token: one.metadata.token },
}));
const confirmed = await turn(null, { resume });

console.log(JSON.stringify({ lookedUp, asked, confirmed, roles: agent.messages.map((m) => m.role) }));
