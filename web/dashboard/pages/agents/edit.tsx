/** One agent: everything that can be changed of it. */
import { Trash2 } from "lucide-preact";
import { useMemo } from "preact/hooks";
import { Banner, Button, Card, Failure, Page, Skeleton } from "#ui";
import { useResource } from "../../data/resource.ts";
import { may } from "../../data/session.ts";
import type { PathNames } from "../../frame/pages.ts";
import { go } from "../../frame/router.ts";
import "./agents.css";
import { agentNamed, DEFAULT, remove, type Stored, titleOf } from "./agents.ts";
import { AgentForm } from "./form.tsx";
import { Installing } from "./installing.tsx";

const BACK = { href: "/agents", label: "Agents" };

export default function AgentPage({ name = "" }: PathNames) {
  const one = useMemo(() => agentNamed(name), [name]);
  const { value, error, refresh } = useResource(one);
  const stored = value.value;
  if (!stored) {
    return (
      <Page title={name} back={BACK}>
        {error.value ? (
          <Failure error={error.value} onRetry={refresh} />
        ) : (
          <Card>
            <div class="stack">
              <Skeleton width="30%" />
              <Skeleton width="70%" />
              <Skeleton width="58%" />
            </div>
          </Card>
        )}
      </Page>
    );
  }
  return (
    <Page title={titleOf(stored.agent)} back={BACK} actions={<Deleting of={stored} />}>
      {error.value?.status === 404 && (
        <Banner kind="warn">Somebody has deleted this agent. What you see is how it was.</Banner>
      )}
      {stored.warnings.length > 0 && (
        <Banner kind="warn">
          {stored.warnings.map((one) => (
            <p key={one.message}>{one.message}</p>
          ))}
        </Banner>
      )}
      <AgentForm key={name} stored={stored} refresh={refresh} />
      <Installing agent={stored.agent} />
    </Page>
  );
}

function Deleting({ of: { agent } }: { of: Stored }) {
  if (!may("manage")) return null;
  return (
    <Button
      icon={Trash2}
      onClick={async () => {
        if ((await remove(agent)) && agent.name !== DEFAULT) go("/agents", { replace: true });
      }}
    >
      {agent.name === DEFAULT ? "Reset" : "Delete"}
    </Button>
  );
}
