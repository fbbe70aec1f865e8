/** Where code and commands of an action run on this server, or why they do not. */
import { ShieldCheck } from "lucide-preact";
import { Banner, Skeleton } from "#ui";
import { health, isolationOf, placeOf } from "../../data/health.ts";
import { useResource } from "../../data/resource.ts";
import { KINDS, type Shape } from "./kinds.ts";

export function Isolation({ shape }: { shape: Shape }) {
  return KINDS[shape].isolated ? <Told shape={shape} /> : null;
}

function Told({ shape }: { shape: Shape }) {
  const { value, error } = useResource(health);
  const found = isolationOf(shape);
  if (found?.available)
    return (
      <p class="row small soft" title={found.message}>
        <ShieldCheck size={15} class="icon" /> {placeOf(found)}
      </p>
    );
  if (found)
    return (
      <Banner kind="warn">
        <p>{found.message}</p>
        <p>You can write and save it; calls are refused until then.</p>
      </Banner>
    );
  return value.value || error.value ? null : (
    <p class="small">
      <Skeleton width="160px" />
    </p>
  );
}

/** What to say beside a type that does not run here, once that is known. */
export function unavailable(shape: Shape): string | undefined {
  const found = KINDS[shape].isolated && isolationOf(shape);
  if (!found || found.available) return undefined;
  return found.isolation === "off" ? "off here" : "cannot run here";
}
