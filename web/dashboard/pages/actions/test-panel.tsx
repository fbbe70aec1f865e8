/** Trying out what is on the screen: samples, the request it makes, the answer it gets. */
import { useSignal } from "@preact/signals";
import { Eye, Play } from "lucide-preact";
import { useRef } from "preact/hooks";
import { Button, Card, Form } from "#ui";
import { ApiError, api, asApiError } from "../../data/api.ts";
import { sameJson } from "../../data/json.ts";
import { may } from "../../data/session.ts";
import { type Command, useCommands } from "../../frame/commands.ts";
import { Result, type Tried } from "./answer.tsx";
import { type Action, type Draft, definitionOf } from "./draft.ts";
import type { Section } from "./editor.tsx";
import { Examples } from "./examples.tsx";
import { argumentsOf, typedOf } from "./inputs.ts";
import { knownInputs } from "./inputs-section.tsx";
import { sendsRequest, writes } from "./kinds.ts";
import { type CodeFault, faultIn } from "./program-text.ts";
import { runHere } from "./ran.tsx";
import { whyLocked } from "./rights.ts";
import { Samples } from "./samples.tsx";

interface PanelProps extends Section {
  stored: Action | undefined;
  /** The definition cannot be tried: its problems belong to its fields. */
  onRefused: (error: ApiError | undefined) => void;
  /** The line of the code that a test stumbled over. */
  onFault: (fault: CodeFault | undefined) => void;
}

type Way = "run" | "dry";

const MEND = "Nothing was sent: mend what is marked in the form first.";

const MORE: Partial<Record<Draft["kind"], string>> = {
  client:
    "Here it runs in a sandboxed frame: an empty page that reaches nothing. On your site it runs in the visitor’s page.",
  code: "What it fetches is really fetched.",
  shell: "What it asks of the network is really asked.",
};

export function TestPanel({ draft, edit, stored, ...on }: PanelProps) {
  const typed = useSignal<Readonly<Record<string, string>>>(
    typedOf(draft.examples[0]?.params ?? {}),
  );
  const inputs = knownInputs(draft);
  const params = argumentsOf(inputs, typed.value);
  const { busy, tried, refused, attempt } = useTrying(draft, stored, on);
  const shared = { group: "Actions", words: "try draft preview" };
  const trying: Command[] = [
    {
      ...shared,
      id: "actions.test",
      label: "Run the test",
      icon: Play,
      keys: "mod Enter",
      run: () => attempt("run", params),
    },
    {
      ...shared,
      id: "actions.dry",
      label: "Dry run",
      icon: Eye,
      run: () => attempt("dry", params),
    },
  ];
  const calls = sendsRequest(draft.kind);
  useCommands(may("manage") ? trying.slice(0, calls ? 2 : 1) : []);
  if (!may("manage")) return null;
  return (
    <Card title="Test">
      <Form class="stack" error={refused} onSubmit={() => attempt("run", params)}>
        <p class="soft small">
          Tries what is on the screen, saved or not. Testing needs no confirmation.{" "}
          {MORE[draft.kind]}
        </p>
        <Samples
          inputs={inputs}
          typed={typed.value}
          onTyped={(next) => {
            typed.value = next;
          }}
        />
        <div class="row wrap">
          <Button kind="primary" type="submit" icon={Play} busy={busy === "run"}>
            Run test
          </Button>
          {calls && (
            <Button icon={Eye} busy={busy === "dry"} onClick={() => attempt("dry", params)}>
              Dry run
            </Button>
          )}
        </div>
        {calls && writes(draft.method) && (
          <p class="small soft">
            Running sends a real {draft.method}. A dry run only shows the request.
          </p>
        )}
        <div aria-live="polite">
          {tried && <Result of={tried.what} stale={!sameJson(tried.draft, comparable(draft))} />}
        </div>
        <Examples
          examples={draft.examples}
          present={params}
          onExamples={(examples) => edit({ examples })}
          onUse={(next) => {
            typed.value = next;
          }}
        />
      </Form>
    </Card>
  );
}

/** A draft without what a test does not depend on. */
function comparable({ examples: _, ...draft }: Draft) {
  return draft;
}

interface Shown {
  what: Tried;
  draft: Omit<Draft, "examples">;
}

/** What is on the screen; where they may not change it, what is stored. */
function trialOf(draft: Draft, stored: Action | undefined, params: ReturnType<typeof argumentsOf>) {
  if (stored && whyLocked(stored)) {
    const options = { path: { action_id: stored.id } };
    return {
      preview: () => api.post("/api/custom-actions/{action_id}/preview", { params }, options),
      test: () => api.post("/api/custom-actions/{action_id}/test", { params }, options),
    };
  }
  const given = { action: definitionOf(draft, stored), params };
  return {
    preview: () => api.post("/api/custom-actions/preview", given),
    test: () => api.post("/api/custom-actions/test", given),
  };
}

function useTrying(
  draft: Draft,
  stored: Action | undefined,
  { onRefused, onFault }: Pick<PanelProps, "onRefused" | "onFault">,
) {
  const busy = useSignal<Way | undefined>(undefined);
  const tried = useSignal<Shown | undefined>(undefined);
  const refused = useSignal<ApiError | undefined>(undefined);
  const turn = useRef(0);
  const attempt = async (way: Way, params: ReturnType<typeof argumentsOf>) => {
    if (busy.peek()) return;
    turn.current += 1;
    const mine = turn.current;
    busy.value = way;
    refused.value = undefined;
    try {
      const trial = trialOf(draft, stored, params);
      // Shown before it is sent: what cannot be rendered is not tried, and says where.
      const { request } = await trial.preview();
      const show = (what: Tried) => {
        if (mine === turn.current) tried.value = { what, draft: comparable(draft) };
      };
      if (draft.kind === "client") await runHere(draft, params, request, show);
      else show({ request });
      if (way === "run" && draft.kind !== "client") {
        const answer = await trial.test();
        show({ request, answer });
        onFault(faultIn(draft.code, answer));
      }
      onRefused(undefined);
    } catch (fault) {
      const error = asApiError(fault);
      tried.value = undefined;
      refused.value = error.status === 400 ? new ApiError(400, error.code, MEND) : error;
      onRefused(error.status === 400 ? error : undefined);
    } finally {
      if (mine === turn.current) busy.value = undefined;
    }
  };
  return { busy: busy.value, tried: tried.value, refused: refused.value, attempt };
}
