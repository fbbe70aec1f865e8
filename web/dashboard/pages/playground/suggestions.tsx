/** What one could ask: the agent's own questions or, where it has none, the actions' examples. */
import { MessagesSquare } from "lucide-preact";
import type { Schemas } from "#protocol";
import { EmptyState } from "#ui";
import { api } from "../../data/api.ts";
import { resource, useResource } from "../../data/resource.ts";
import { may } from "../../data/session.ts";
import { say } from "./chat.ts";

const AT_MOST = 4;

const examples = resource({
  load: async (signal) => {
    if (!may("read")) return [];
    const { actions } = await api.get("/api/custom-actions", { signal });
    return actions.flatMap((one) => {
      const question = (one.examples as { question?: string }[] | undefined)?.[0]?.question;
      return one.enabled !== false && question ? [question] : [];
    });
  },
  on: ["action.changed", "action.deleted"],
});

export function Suggestions({ agent }: { agent: Schemas["Agent"] | undefined }) {
  const { value } = useResource(examples);
  const own = agent?.suggestedQuestions ?? [];
  const questions = (own.length > 0 ? own : (value.value ?? [])).slice(0, AT_MOST);
  const list = questions.map((question) => (
    <button key={question} type="button" class="playground-chip" onClick={() => say(question)}>
      {question}
    </button>
  ));
  if (agent?.greeting) return <div class="playground-chips">{list}</div>;
  return (
    <EmptyState icon={MessagesSquare} title="Ask something" actions={list}>
      The agent calls your enabled actions as it will for visitors. Actions in confirm mode ask you
      first.
    </EmptyState>
  );
}
