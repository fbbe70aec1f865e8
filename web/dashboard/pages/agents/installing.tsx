/** What puts an agent onto a page, and what signs its visitors. */
import { useSignal } from "@preact/signals";
import { Eye, RefreshCw } from "lucide-preact";
import { ask, Banner, Button, Card, Copyable, CopyButton, Facts, failed, Time, told } from "#ui";
import { api } from "../../data/api.ts";
import { may } from "../../data/session.ts";
import type { Agent } from "./agents.ts";

export function Installing({ agent }: { agent: Agent }) {
  const tag = `<script src="${location.origin}/embed.js" data-agent="${agent.publishableKey}" defer></script>`;
  const none = (agent.allowedOrigins ?? []).length === 0;
  return (
    <>
      <Card title="Put it on your page">
        <div class="stack">
          <div class="field">
            <span class="label">Into the page’s HTML, once, anywhere</span>
            <Copyable text={tag} />
          </div>
          {none && (
            <Banner kind="info">
              No page may embed it yet: name yours under “Allowed origins” and save.
            </Banner>
          )}
          {agent.enabled === false && (
            <Banner kind="info">It is disabled: until it is enabled, no page shows it.</Banner>
          )}
        </div>
      </Card>
      {may("own") && <Identity agent={agent} />}
      <Card title="In programs">
        <Facts
          of={[
            ["Name", <code key="name">{agent.name}</code>],
            ["Publishable key", <PublishableKey key="key" agent={agent} />],
            ["Version", agent.version],
            ["Changed", agent.updatedAt && <Time at={agent.updatedAt} />],
          ]}
        />
      </Card>
    </>
  );
}

function PublishableKey({ agent: { publishableKey } }: { agent: Agent }) {
  return (
    <span class="row wrap">
      <code>{publishableKey}</code>
      <CopyButton text={publishableKey} label="Copy key" />
    </span>
  );
}

/** Shown on wish alone: it stands for whoever signs in on the owner's site. */
function Identity({ agent: { name, identityVersion = 1 } }: { agent: Agent }) {
  const shown = useSignal<{ secret: string; version: number } | undefined>(undefined);
  const busy = useSignal(false);
  const show = async () => {
    busy.value = true;
    try {
      shown.value = await api.get("/api/agents/{name}/identity-secret", { path: { name } });
    } catch (fault) {
      failed(fault);
    } finally {
      busy.value = false;
    }
  };
  const renew = async () => {
    const sure = await ask({
      title: "Make another secret?",
      body: "Users that were signed with this one are strangers from then on, until your server signs with the other.",
      yes: "Make another",
      danger: true,
    });
    if (!sure) return;
    try {
      const change = { identityVersion: identityVersion + 1 };
      await api.put("/api/agents/{name}", change, { path: { name } });
      shown.value = undefined;
      told("There is another secret. Show it, and put it onto your server.");
    } catch (fault) {
      failed(fault);
    }
  };
  const secret = shown.value?.version === identityVersion ? shown.value.secret : undefined;
  return (
    <Card title="Who a visitor is">
      <div class="stack">
        <p class="soft">
          Your server signs the id of whoever is signed in there, and the page calls{" "}
          <code>deftly.identify</code>. What is signed reaches actions as{" "}
          <code>{"{{user.id}}"}</code>; no model can set it.
        </p>
        {secret && (
          <div class="field">
            <span class="label">Identity secret</span>
            <Copyable text={secret} />
            <span class="hint">For your server alone: it never belongs into a page.</span>
          </div>
        )}
        <div class="row wrap">
          {!secret && (
            <Button icon={Eye} busy={busy.value} onClick={show}>
              Show the identity secret
            </Button>
          )}
          <Button icon={RefreshCw} onClick={renew}>
            Make another
          </Button>
        </div>
      </div>
    </Card>
  );
}
