/** Earlier conversations: go on with one, rename it, take it along, delete it. */
import { useSignal } from "@preact/signals";
import { Download, MessagesSquare, Pencil, Trash2 } from "lucide-preact";
import { useMemo } from "preact/hooks";
import type { Schemas } from "#protocol";
import {
  ask,
  Button,
  Dialog,
  EmptyState,
  Failure,
  Field,
  failed,
  Menu,
  Skeleton,
  TextInput,
  Time,
} from "#ui";
import { type ApiError, api, asApiError } from "../../data/api.ts";
import { resource, useResource } from "../../data/resource.ts";
import { forget, goOn } from "./kept.ts";
import { conversationId } from "./state.ts";

type Conversation = Schemas["Conversation"];

const PAGE = 50;

/** Those used last; a further page makes it longer. */
function newest(pages: { count: number }) {
  return resource({
    load: async (signal) => {
      const limit = Math.min(200, PAGE * pages.count);
      return api.get("/api/conversations", { query: { limit }, signal });
    },
    on: ["conversation.changed"],
  });
}

export function Conversations({ onClose }: { onClose: () => void }) {
  const pages = useMemo(() => ({ count: 1 }), []);
  const list = useMemo(() => newest(pages), [pages]);
  const renaming = useSignal<Conversation | undefined>(undefined);
  const { value, error, refresh } = useResource(list);
  const found = value.value?.conversations;
  if (renaming.value) {
    const done = () => {
      renaming.value = undefined;
      void refresh();
    };
    return <Renaming one={renaming.value} onClose={done} />;
  }
  return (
    <Dialog title="Conversations" onClose={onClose}>
      {error.value && !found && <Failure error={error.value} onRetry={refresh} />}
      {!found && !error.value && <Skeleton width="60%" />}
      {found?.length === 0 && (
        <EmptyState icon={MessagesSquare} title="No conversations yet">
          What you say here is kept, and listed here.
        </EmptyState>
      )}
      <ul class="playground-list">
        {found?.map((one) => (
          <One
            key={one.id}
            one={one}
            onOpen={() => {
              onClose();
              void goOn(one.id);
            }}
            onRename={() => {
              renaming.value = one;
            }}
            onGone={() => void refresh()}
          />
        ))}
      </ul>
      {value.value?.next && pages.count * PAGE < 200 && (
        <Button
          onClick={() => {
            pages.count += 1;
            void refresh();
          }}
        >
          Show more
        </Button>
      )}
    </Dialog>
  );
}

interface OneProps {
  one: Conversation;
  onOpen: () => void;
  onRename: () => void;
  onGone: () => void;
}

function One({ one, onOpen, onRename, onGone }: OneProps) {
  const title = one.title || "Untitled";
  const remove = async () => {
    const sure = await ask({
      title: `Delete “${title}”?`,
      body: "What was said is forgotten, and what waits for an answer in it is void. Its runs stay.",
      yes: "Delete conversation",
      danger: true,
    });
    if (!sure) return;
    try {
      await api.delete("/api/conversations/{conversation_id}", {
        path: { conversation_id: one.id },
      });
      forget(one.id);
      onGone();
    } catch (fault) {
      failed(fault);
    }
  };
  return (
    <li aria-current={one.id === conversationId.value ? "true" : undefined}>
      <button type="button" class="playground-open" onClick={onOpen}>
        <span class="clip">{title}</span>
        <span class="small soft">
          {one.agent} · <Time at={one.updatedAt} />
        </span>
      </button>
      <Menu
        label={`More for ${title}`}
        items={[
          { label: "Rename", icon: Pencil, onPick: onRename },
          { label: "Export", icon: Download, onPick: () => save(one) },
          null,
          { label: "Delete", icon: Trash2, danger: true, onPick: () => void remove() },
        ]}
      />
    </li>
  );
}

function save(one: Conversation): void {
  const link = document.createElement("a");
  link.href = `/api/conversations/${encodeURIComponent(one.id)}/export`;
  link.download = "";
  link.click();
}

function Renaming({ one, onClose }: { one: Conversation; onClose: () => void }) {
  const title = useSignal(one.title);
  const error = useSignal<ApiError | undefined>(undefined);
  const submit = async () => {
    try {
      const path = { conversation_id: one.id };
      await api.put("/api/conversations/{conversation_id}", { title: title.value }, { path });
      onClose();
    } catch (fault) {
      error.value = asApiError(fault);
    }
  };
  return (
    <Dialog
      title="Rename conversation"
      onClose={onClose}
      onSubmit={() => void submit()}
      error={error.value}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit">
            Rename
          </Button>
        </>
      }
    >
      <Field label="Title" path="title">
        <TextInput
          autoFocus
          value={title.value}
          onValue={(text) => {
            title.value = text;
          }}
        />
      </Field>
    </Dialog>
  );
}
