/** A card the agent has shown; its buttons do here what they do for a visitor. */
import { useSignal } from "@preact/signals";
import type { Shown } from "#talk/talk.ts";
import { failed, told } from "#ui";
import { WidgetCard } from "#widget/card.tsx";
import type { Pressed } from "#widget/draw.ts";
import { api } from "../../data/api.ts";
import { reload } from "./kept.ts";
import { busy, conversationId } from "./state.ts";

const SUBMIT = "/api/conversations/{conversation_id}/cards/{card_id}/submit";

export function ShownCard({ item }: { item: Shown }) {
  const sending = useSignal(false);
  const press = async (pressed: Pressed) => {
    sending.value = true;
    try {
      const path = { conversation_id: conversationId.peek() ?? "", card_id: item.id };
      const { did } = await api.post(SUBMIT, pressed, { path });
      if (did === "save") told("Kept. It is among the widget’s submissions.");
      else await reload();
    } catch (fault) {
      failed(fault);
    } finally {
      sending.value = false;
    }
  };
  return (
    <WidgetCard
      card={item.card}
      spoken={item.spoken}
      label={item.widget}
      busy={sending.value || busy.value}
      onPress={(pressed) => void press(pressed)}
    />
  );
}
