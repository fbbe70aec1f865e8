/** Taking a text along, and saying for a moment that it was. */
import { useEffect, useState } from "preact/hooks";

const SAID_MS = 1_600;

export function useCopied(text: string): { done: boolean; copy: () => void } {
  const [done, setDone] = useState(false);
  useEffect(() => {
    const timer = done && setTimeout(() => setDone(false), SAID_MS);
    return () => clearTimeout(timer || undefined);
  }, [done]);
  return { done, copy: () => void navigator.clipboard.writeText(text).then(() => setDone(true)) };
}
