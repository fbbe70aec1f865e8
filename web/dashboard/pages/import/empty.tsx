/** What the list of actions shows while there are none: ways to the first one. */
import { FileDown, Plus, Sparkles, Zap } from "lucide-preact";
import { Button, EmptyState } from "#ui";
import { may } from "../../data/session.ts";
import { go } from "../../frame/router.ts";
import "./import.css";
import { TEMPLATES } from "./templates.ts";

export function EmptyActions() {
  if (!may("manage")) {
    return (
      <EmptyState icon={Zap} title="No actions yet">
        An action lets an agent do something real. Creating one needs the scope manage.
      </EmptyState>
    );
  }
  return (
    <div>
      <EmptyState icon={Zap} title="No actions yet" actions={<Ways />}>
        An action lets an agent do something real: look up an order, open a ticket. Begin with a
        call to an API you know.
      </EmptyState>
      <Templates />
    </div>
  );
}

function Ways() {
  return (
    <>
      <Button kind="primary" icon={Plus} onClick={() => go("/actions/new")}>
        Create action
      </Button>
      <Button icon={FileDown} onClick={() => go("/actions/import?from=file")}>
        Import
      </Button>
      <Button icon={Sparkles} onClick={() => go("/actions/import?from=words")}>
        Describe it
      </Button>
    </>
  );
}

/** Starting points; each opens in the editor, and nothing is stored before that is saved. */
export function Templates() {
  return (
    <section class="import-templates" aria-label="Templates">
      <h3 class="small soft">Or begin with a template</h3>
      <ul>
        {TEMPLATES.map(({ key, icon: Mark, title, does }) => (
          <li key={key}>
            <a href={`/actions/new?template=${key}`}>
              <Mark class="icon" size={18} />
              <span>
                <strong>{title}</strong>
                <span class="small soft">{does}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
