/** How this Deftly is: what needs mending, which version it is, where it is described. */
import { CircleCheck, RotateCw, TriangleAlert } from "lucide-preact";
import type { Schemas } from "#protocol";
import { Badge, Button, Card, Facts, Failure, Page, Skeleton } from "#ui";
import { api } from "../../data/api.ts";
import { health } from "../../data/health.ts";
import { resource, useResource } from "../../data/resource.ts";
import { session } from "../../data/session.ts";
import { Sandbox } from "./sandbox.tsx";
import "./settings.css";

type Warning = Schemas["FileWarning"];

const version = resource({
  async load(signal) {
    const { info } = (await api.get("/openapi.json", { signal })) as {
      info?: { version?: string };
    };
    return info?.version ?? "unknown";
  },
});

const LINKS: readonly { href: string; label: string; holds: string }[] = [
  { href: "/docs", label: "API reference", holds: "Every route, to read and to try." },
  { href: "/openapi.json", label: "OpenAPI document", holds: "The same for programs." },
  { href: "/metrics", label: "Metrics", holds: "Numbers in the form Prometheus reads." },
];

export default function SettingsPage() {
  return (
    <Page title="Settings" lead="How this Deftly is. What it runs with is set where it is started.">
      <Health />
      <About />
      <Card title="For programs">
        <ul class="stack settings-links">
          {LINKS.map(({ href, label, holds }) => (
            <li key={href}>
              <a href={href} target="_blank" rel="noreferrer">
                {label}
              </a>
              <span class="soft small">{holds}</span>
            </li>
          ))}
        </ul>
      </Card>
      {/* Last: it may be known late, and then moves nothing. */}
      <Sandbox of={useResource(health).value.value?.isolation ?? []} />
    </Page>
  );
}

function Health() {
  const { value, error, refresh } = useResource(health);
  const found = value.value;
  if (error.value) {
    return (
      <Card title="Health">
        <Failure error={error.value} onRetry={refresh} />
      </Card>
    );
  }
  if (!found) {
    return (
      <Card title="Health">
        <Skeleton width="42%" />
      </Card>
    );
  }
  const { warnings } = found;
  return (
    <>
      <Card
        title="Health"
        actions={
          <Button size="small" icon={RotateCw} onClick={refresh}>
            Check again
          </Button>
        }
      >
        {warnings.length === 0 ? (
          <div class="settings-state">
            <CircleCheck class="icon" size={18} />
            <p>Calls are answered, and every definition file can be used.</p>
          </div>
        ) : (
          <div class="settings-state warn">
            <TriangleAlert class="icon" size={18} />
            <p>Calls are answered. {counted(warnings.length)} to be mended.</p>
          </div>
        )}
      </Card>
      {warnings.length > 0 && (
        <Card title="Files to mend" flush>
          <ul class="settings-warnings">
            {warnings.map((one) => (
              <ToMend key={`${one.file}:${one.line}:${one.message}`} warning={one} />
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function counted(files: number): string {
  return files === 1 ? "One definition file has" : `${files} definition files have`;
}

function ToMend({ warning }: { warning: Warning }) {
  const { file, line, message, fix, stillLive } = warning;
  return (
    <li>
      <span class="row wrap">
        <code>{line === null ? file : `${file}:${line}`}</code>
        {stillLive ? (
          <Badge tone="amber">what was there before still answers</Badge>
        ) : (
          <Badge tone="red">not in use</Badge>
        )}
      </span>
      <p>{message}</p>
      <p class="soft">{fix}</p>
    </li>
  );
}

function About() {
  const { value } = useResource(version);
  const caller = session.value.state === "in" ? session.value.caller : undefined;
  const scopes = caller && (
    <span class="row wrap">
      {caller.scopes.map((scope) => (
        <Badge key={scope}>{scope}</Badge>
      ))}
    </span>
  );
  return (
    <Card title="This Deftly">
      <Facts
        of={[
          ["Version", value.value ?? <Skeleton key="version" width="48px" />],
          ["Address", <code key="address">{location.origin}</code>],
          ["You may", scopes],
        ]}
      />
    </Card>
  );
}
