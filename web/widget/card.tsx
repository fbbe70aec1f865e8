/** A card in a conversation or a preview: its text until it is drawn, and wherever it cannot be. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import "./widget.css";
import type { Pressed } from "./draw.ts";
import type { CardWords } from "./prepare.ts";

export type { Pressed } from "./draw.ts";

const ENGLISH: CardWords = { invalid: "Please check what stands here." };

interface WidgetCardProps {
  card: unknown;
  /** The text on it. */
  spoken: string;
  /** What it is called: read out. */
  label: string;
  /** A button was pressed and is on its way, or the conversation has other things to do. */
  busy?: boolean | undefined;
  /** Without it, buttons that send something do nothing: a preview. */
  onPress?: ((pressed: Pressed) => void) | undefined;
  words?: CardWords | undefined;
}

type Draw = typeof import("./draw.ts")["draw"];
let loaded: Draw | undefined;

export function WidgetCard(props: WidgetCardProps) {
  const { card, spoken, label, busy = false, words = ENGLISH } = props;
  const host = useRef<HTMLDivElement>(null);
  const now = useRef(props);
  now.current = props;
  const draw = useDraw();
  // Told again, it is another object: what a person has typed into it must not be lost by that.
  const text = useMemo(() => JSON.stringify(card), [card]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: its text says all that is drawn
  useLayoutEffect(() => {
    if (!draw || !host.current) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: "open" });
    const rtl = getComputedStyle(host.current).direction === "rtl";
    const onPress = (pressed: Pressed) => {
      if (!now.current.busy) now.current.onPress?.(pressed);
    };
    draw(root, card, { words, rtl, onPress });
  }, [draw, text, words]);
  useLayoutEffect(() => {
    for (const one of host.current?.shadowRoot?.querySelectorAll(".ac-pushButton") ?? [])
      one.setAttribute("aria-disabled", String(busy));
  });
  return (
    <section class={`widget-card ${busy ? "busy" : ""}`} aria-label={label} aria-busy={busy}>
      {draw ? <div key="drawn" ref={host} /> : <p class="widget-spoken">{spoken}</p>}
    </section>
  );
}

/** What draws; nothing until it is loaded, and where it cannot be the text stays. */
function useDraw(): Draw | undefined {
  const [draw, setDraw] = useState(() => loaded);
  useEffect(() => {
    // Perhaps it came since this was drawn for the first time.
    if (loaded) return setDraw(() => loaded);
    let gone = false;
    void readyToDraw().then(() => {
      if (!gone) setDraw(() => loaded);
    });
    return () => {
      gone = true;
    };
  }, []);
  return draw;
}

/** Loads what draws cards; where it cannot be loaded, their texts are shown. */
export async function readyToDraw(): Promise<void> {
  loaded ??= await import("./draw.ts").then(
    ({ draw }) => draw,
    () => undefined,
  );
}
