/** A stored widget: loaded, followed while it is open, saved over the version that was seen. */
import { FileDown } from "lucide-preact";
import { useMemo } from "preact/hooks";
import { Banner, Button, Card, Facts, Failure, FormSkeleton, Page, Time } from "#ui";
import { useResource } from "../../data/resource.ts";
import type { PathNames } from "../../frame/pages.ts";
import { go } from "../../frame/router.ts";
import { ActionsShowing } from "./actions-showing.tsx";
import { Conflict } from "./conflict.tsx";
import { Editor } from "./editor.tsx";
import { useStored } from "./storing.ts";
import { pathOf, remove, type Stored, titleOf, widgetNamed } from "./widgets.ts";

export default function WidgetPage({ name = "" }: PathNames) {
  const one = useMemo(() => widgetNamed(name), [name]);
  const { value, error, refresh } = useResource(one);
  const stored = value.value;
  if (stored)
    return (
      <Opened key={name} stored={stored} gone={error.value?.status === 404} refresh={refresh} />
    );
  return (
    <Page title={name} back={{ href: "/widgets", label: "Widgets" }}>
      {error.value ? <Failure error={error.value} onRetry={refresh} /> : <FormSkeleton />}
    </Page>
  );
}

interface OpenedProps {
  stored: Stored;
  gone: boolean;
  refresh: () => Promise<void>;
}

function Opened(props: OpenedProps) {
  const { stored, gone } = props;
  const { widget } = stored;
  const { conflicts, settle, leave, warnings, ...editing } = useStored(props);
  return (
    <Editor
      {...editing}
      stored
      title={titleOf(widget)}
      warnings={warnings}
      notice={
        <>
          {gone && (
            <Banner kind="bad">
              This widget was deleted elsewhere. Copy what you need of it; saving is refused.
            </Banner>
          )}
          {stored.fileProblem && <Unusable problem={stored.fileProblem} />}
          {conflicts.length > 0 && <Conflict fields={conflicts} onSettle={settle} />}
        </>
      }
      tools={
        <Button icon={FileDown} onClick={() => go(`${pathOf(widget.name)}/submissions`)}>
          Submissions
        </Button>
      }
      below={<About stored={stored} />}
      onDelete={async () => {
        if (await remove(widget)) leave("/widgets");
      }}
    />
  );
}

function About({ stored: { widget, actions } }: { stored: Stored }) {
  return (
    <Card title="Where it is used">
      <Facts
        of={[
          ["Name", <code key="name">{widget.name}</code>],
          ["Shown by", <ActionsShowing key="actions" tools={actions} widget={widget.name} />],
          ["Version", widget.version],
          ["Changed", widget.updatedAt && <Time at={widget.updatedAt} />],
        ]}
      />
    </Card>
  );
}

function Unusable({ problem }: { problem: NonNullable<Stored["fileProblem"]> }) {
  const { file, line, message, fix } = problem;
  return (
    <Banner kind="bad">
      <p>
        <code>{file}</code> was changed by hand and cannot be used as it stands
        {line === null ? "" : ` (line ${line})`}: {message} {fix}
      </p>
      <p>Until then its last good version is shown, and nothing is saved over the file.</p>
    </Banner>
  );
}
