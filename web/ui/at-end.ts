/** Keeping the end of a conversation in sight. */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";

type Box = { current: HTMLDivElement | null };

const NEAR_PX = 80;

/**
 * Keeps the end of a box in sight while what is in it grows; whoever scrolled up to read is left.
 *
 * Another `sent` leads back to the end; while `elsewhere` says so, the end is not drawn at all.
 */
export function useAtEnd(box: Box, sent: number, elsewhere: () => boolean = () => false) {
  const atEnd = useRef(true);
  const top = useRef(0);
  const brought = useRef(sent);
  if (brought.current !== sent) atEnd.current = true;
  brought.current = sent;
  useLayoutEffect(() => {
    if (atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  });
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (atEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
    });
    // The box for the keyboard of a phone; what is in it for cards, which are drawn late.
    const watch = () => {
      for (const one of box.current?.children ?? []) observer.observe(one);
    };
    const changes = new MutationObserver(watch);
    if (box.current) {
      observer.observe(box.current);
      changes.observe(box.current, { childList: true });
    }
    watch();
    return () => {
      observer.disconnect();
      changes.disconnect();
    };
  }, [box]);
  return {
    onScroll(event: { currentTarget: HTMLDivElement }) {
      const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
      const isNear = !elsewhere() && scrollHeight - scrollTop - clientHeight < NEAR_PX;
      // A card that has grown meanwhile is no reason: only going up is.
      if (isNear || elsewhere() || scrollTop < top.current) atEnd.current = isNear;
      top.current = scrollTop;
    },
  };
}
