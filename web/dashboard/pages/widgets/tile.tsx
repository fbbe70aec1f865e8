/** A widget among others: how it looks, and what it is called. */

import { LayoutPanelTop } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Skeleton } from "#ui";
import { WidgetCard } from "#widget/card.tsx";
import { may } from "../../data/session.ts";
import type { Said } from "./draft.ts";
import { type Drawn, preview } from "./previewing.ts";

interface TileProps {
  of: Said;
  href: string;
  /** Beside the name. */
  menu?: ComponentChildren;
}

export function Tile({ of: widget, href, menu }: TileProps) {
  return (
    <li class="widgets-tile">
      <Thumbnail of={widget} />
      <div class="widgets-tile-foot">
        <div class="grow">
          <a href={href}>{widget.title || widget.name}</a>
          {widget.description && <p class="small soft">{widget.description}</p>}
        </div>
        {menu}
      </div>
    </li>
  );
}

export function TileBars({ count }: { count: number }) {
  return Array.from({ length: count }, (_, index) => (
    <li key={index} class="widgets-tile" aria-hidden="true">
      <div class="widgets-thumb" />
      <div class="widgets-tile-foot">
        <Skeleton width="50%" />
      </div>
    </li>
  ));
}

/** The card in small, once it comes into sight; only to be looked at. */
function Thumbnail({ of: widget }: { of: Said }) {
  const box = useRef<HTMLDivElement>(null);
  const seen = useSeen(box);
  const drawn = useDrawn(widget, seen);
  return (
    <div ref={box} class="widgets-thumb" inert aria-hidden="true">
      {drawn ? (
        <div class="widgets-thumb-card">
          <WidgetCard card={drawn.card} spoken={drawn.spoken} label="" />
        </div>
      ) : (
        <LayoutPanelTop class="icon" size={28} />
      )}
    </div>
  );
}

function useSeen(box: { current: HTMLElement | null }): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => entries.some((one) => one.isIntersecting) && setSeen(true),
      { rootMargin: "200px" },
    );
    if (box.current) observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
  return seen;
}

const drawings = new Map<string, Promise<Drawn | undefined>>();

function useDrawn(widget: Said, wanted: boolean): Drawn | undefined {
  const [drawn, setDrawn] = useState<Drawn | undefined>(undefined);
  const { template, exampleData = {} } = widget;
  const said = wanted && may("manage") ? JSON.stringify({ template, exampleData }) : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: its text says all that is drawn
  useEffect(() => {
    if (said === undefined) return;
    let gone = false;
    const found = drawings.get(said) ?? ask({ template, exampleData });
    drawings.set(said, found);
    found.then((one) => !gone && setDrawn(one)).catch(() => drawings.delete(said));
    return () => {
      gone = true;
    };
  }, [said]);
  return drawn;
}

async function ask(widget: Said): Promise<Drawn | undefined> {
  return (await preview(widget, undefined)).drawn;
}
