/** The page at the present address: loaded, drawn, and kept from taking the rest down with it. */
import { Compass, Lock } from "lucide-preact";
import { Component, type ComponentChildren, type ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Scope } from "#protocol";
import { Button, EmptyState, Failure, Page, Skeleton } from "#ui";
import { asApiError } from "../data/api.ts";
import { may } from "../data/session.ts";
import { type Match, type PathNames, pageAt, type Route } from "./pages.ts";
import { go, place } from "./router.ts";

export function Outlet() {
  const { path } = place.value;
  const match = pageAt(path);
  if (!match) return <Nowhere />;
  const scope = match.route.scope ?? match.group.scope;
  if (!may(scope)) return <NotYours title={match.group.title} scope={scope} />;
  return (
    <Boundary key={path}>
      <Loaded match={match} />
    </Boundary>
  );
}

type Code = ComponentType<PathNames>;
const loaded = new Map<Route, Code>();

function Loaded({ match: { route, group, names } }: { match: Match }) {
  const [, setCount] = useState(0);
  const [fault, setFault] = useState<unknown>();
  const Code = loaded.get(route);
  useEffect(() => {
    if (Code) return;
    route
      .load()
      .then((module) => {
        loaded.set(route, module.default);
        setCount((count) => count + 1);
      })
      .catch(setFault);
  }, [route, Code]);
  if (Code) return <Code {...names} />;
  if (fault) throw fault;
  return (
    <Page title={group.title}>
      <Skeleton width="38%" />
      <Skeleton width="62%" />
    </Page>
  );
}

interface BoundaryState {
  fault?: unknown;
}

class Boundary extends Component<{ children: ComponentChildren }, BoundaryState> {
  override state: BoundaryState = {};

  static override getDerivedStateFromError(fault: unknown): BoundaryState {
    return { fault };
  }

  override render() {
    const { fault } = this.state;
    if (!fault) return this.props.children;
    // Code of an older build is gone once Deftly was updated: loading anew brings the present one.
    return (
      <Page title="Something went wrong">
        <Failure error={asApiError(fault)} onRetry={() => location.reload()} />
      </Page>
    );
  }
}

function NotYours({ title, scope }: { title: string; scope: Scope }) {
  const who = scope === "own" ? "owners" : "editors and owners";
  return (
    <Page title={title}>
      <EmptyState
        icon={Lock}
        title="This is not open to you"
        actions={<Button onClick={() => go("/")}>To the start</Button>}
      >
        Only {who} see this page; an owner can give you another role.
      </EmptyState>
    </Page>
  );
}

function Nowhere() {
  return (
    <Page title="Nothing here">
      <EmptyState
        icon={Compass}
        title="There is no such page"
        actions={<Button onClick={() => go("/")}>To the start</Button>}
      >
        The address may be mistyped, or what it named is gone.
      </EmptyState>
    </Page>
  );
}
