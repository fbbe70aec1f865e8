/** The ways to what is not drawn of a long conversation, before and after. */
import { useSignal } from "@preact/signals";
import { hiddenForEarlier, hiddenForLater, partOf } from "#talk/part.ts";
import { Button, failed } from "#ui";
import { showEarlier } from "./kept.ts";
import { hidden, talk } from "./state.ts";

type Box = { current: HTMLDivElement | null };

export function Earlier({ box }: { box: Box }) {
  const busy = useSignal(false);
  const show = async () => {
    busy.value = true;
    const stay = staying(box);
    try {
      if (drawn().before === 0) await showEarlier();
      hidden.value = hiddenForEarlier(drawn());
      requestAnimationFrame(stay);
    } catch (fault) {
      failed(fault);
    } finally {
      busy.value = false;
    }
  };
  return (
    <p class="playground-more">
      <Button size="small" busy={busy.value} onClick={() => void show()}>
        Show earlier
      </Button>
    </p>
  );
}

export function Later({ box }: { box: Box }) {
  const show = () => {
    const stay = staying(box);
    hidden.value = hiddenForLater(drawn());
    requestAnimationFrame(stay);
  };
  return (
    <p class="playground-more">
      <Button size="small" onClick={show}>
        Show later
      </Button>
    </p>
  );
}

function drawn() {
  return partOf(talk.peek().items, hidden.peek());
}

/** Puts what is being read now back to where it is now. */
function staying({ current: box }: Box): () => void {
  const edgePx = box?.getBoundingClientRect().top ?? 0;
  const lines = [...(box?.querySelectorAll(":scope > :not(.playground-more)") ?? [])];
  const read = lines.find((one) => one.getBoundingClientRect().bottom > edgePx) ?? lines.at(-1);
  const beforePx = read?.getBoundingClientRect().top ?? 0;
  return () => {
    if (box && read?.isConnected) box.scrollTop += read.getBoundingClientRect().top - beforePx;
  };
}
