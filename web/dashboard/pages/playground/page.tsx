/** Talking with an agent, and beside it what the agent does. */
import { useSignal } from "@preact/signals";
import { History, ListTree, RotateCcw } from "lucide-preact";
import { useEffect } from "preact/hooks";
import "./playground.css";
import "./trace.css";
import { callsOf } from "#talk/talk.ts";
import { Button, Failure, Page, Select, Skeleton } from "#ui";
import { api } from "../../data/api.ts";
import { listen } from "../../data/events.ts";
import { resource, useResource } from "../../data/resource.ts";
import { may } from "../../data/session.ts";
import { useCommands } from "../../frame/commands.ts";
import { place } from "../../frame/router.ts";
import { Composer } from "./composer.tsx";
import { Conversations } from "./conversations.tsx";
import { goOn, refreshRuns, reload, startOver } from "./kept.ts";
import { Messages } from "./messages.tsx";
import { ModelChoice } from "./model-choice.tsx";
import { agentName, busy, conversationId, QUERY, talk } from "./state.ts";
import { Trace } from "./trace.tsx";

const DEFAULT = "default";
const SETTLE_MS = 150;

const agents = resource({
  load: async (signal) =>
    // Who may chat and not read talks with the agent that is always there.
    may("read") ? (await api.get("/api/agents", { signal })).agents : [],
  on: ["agent.changed", "agent.deleted"],
});

export default function PlaygroundPage() {
  const { value, error, refresh } = useResource(agents);
  const tracing = useSignal(false);
  const listing = useSignal(false);
  useEffect(() => {
    void goOn(place.peek().query.get(QUERY) ?? undefined);
    return followElsewhere();
  }, []);
  const enabled = value.value?.filter((one) => one.enabled !== false);
  useEffect(() => {
    if (agentName.peek() === "" && enabled) {
      const first = enabled.find((one) => one.name === DEFAULT) ?? enabled[0];
      agentName.value = first?.name ?? DEFAULT;
    }
  }, [enabled]);
  const name = agentName.value;
  // biome-ignore lint/correctness/useExhaustiveDependencies: again for another agent
  useEffect(() => {
    // The first answer waits for less; why there would be none is told in its place.
    if (name) api.post("/api/chat/{agent}/prepare", {}, { path: { agent: name } }).catch(() => {});
  }, [name]);
  useCommands([
    {
      id: "playground.earlier",
      label: "Earlier conversations",
      icon: History,
      group: "Playground",
      run: () => {
        listing.value = true;
      },
    },
    {
      id: "playground.over",
      label: "Start the conversation over",
      icon: RotateCcw,
      group: "Playground",
      run: () => startOver(),
    },
  ]);
  const agent = enabled?.find((one) => one.name === agentName.value);
  const calls = callsOf(talk.value).length;
  const actions = (
    <>
      {enabled && enabled.length > 1 && (
        <Select
          aria-label="Agent"
          class="playground-choice"
          value={agentName.value}
          options={enabled.map((one) => ({ value: one.name, label: one.title ?? one.name }))}
          onValue={(name) => startOver(name)}
        />
      )}
      <ModelChoice agent={agent} />
      <Button
        class="playground-toggle"
        icon={ListTree}
        aria-pressed={tracing.value}
        onClick={() => {
          tracing.value = !tracing.value;
        }}
      >
        Trace{calls > 0 ? ` (${calls})` : ""}
      </Button>
      <Button
        icon={History}
        aria-label="Conversations"
        onClick={() => {
          listing.value = true;
        }}
      >
        <span class="only-wide">Conversations</span>
      </Button>
      <Button
        icon={RotateCcw}
        aria-label="Start over"
        disabled={talk.value.items.length === 0 && !busy.value}
        onClick={() => startOver()}
      >
        <span class="only-wide">Start over</span>
      </Button>
    </>
  );
  return (
    <Page
      wide
      title="Playground"
      lead={<span class="only-wide playground-lead">Talk with an agent and watch it work.</span>}
      actions={actions}
    >
      {error.value && !value.value ? (
        <Failure error={error.value} onRetry={refresh} />
      ) : (
        <div class={`playground ${tracing.value ? "tracing" : ""}`}>
          <section class="card playground-chat" aria-label="Conversation">
            {enabled ? <Messages agent={agent} /> : <Waiting />}
            <Composer disabled={!enabled || agentName.value === ""} />
          </section>
          <Trace />
        </div>
      )}
      {listing.value && (
        <Conversations
          onClose={() => {
            listing.value = false;
          }}
        />
      )}
    </Page>
  );
}

function Waiting() {
  return (
    <div class="playground-messages">
      <Skeleton width="46%" />
      <Skeleton width="30%" />
    </div>
  );
}

/** An answer given on another page, or a turn in another tab, goes on here too. */
function followElsewhere(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const unlisten = listen((heard) => {
    const id = conversationId.peek();
    const ours =
      heard.kind === "missed" || heard.subject === id || heard.data["conversationId"] === id;
    if (!id || !ours) return;
    clearTimeout(timer);
    // In the middle of an answer the stream tells all but what became of calls.
    timer = setTimeout(() => {
      (busy.peek() ? refreshRuns() : reload()).catch(() => {});
    }, SETTLE_MS);
  });
  return () => {
    clearTimeout(timer);
    unlisten();
  };
}
