/** The card a run has shown in its conversation; here it is only to be looked at. */
import { Card } from "#ui";
import { WidgetCard } from "#widget/card.tsx";
import type { Run } from "./words.ts";

export function Shown({ of: { card } }: { of: Run }) {
  if (!card) return null;
  return (
    <Card
      title="Card"
      actions={<a href={`/widgets/${encodeURIComponent(card.widget)}`}>Open widget</a>}
    >
      <div inert>
        <WidgetCard card={card.card} spoken={card.spoken} label={card.widget} />
      </div>
    </Card>
  );
}
