/** An agent's words, drawn as Markdown; plain text until what draws it is loaded. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import "./markdown.css";

type Render = (text: string) => DocumentFragment;
let render: Render | undefined;

export function Markdown({ text }: { text: string }) {
  const host = useRef<HTMLDivElement>(null);
  const [ready, setReady] = useState(render !== undefined);
  useEffect(() => {
    if (ready) return;
    let gone = false;
    import("./marked.ts")
      .then(({ elementsOf }) => {
        render = elementsOf;
        if (!gone) setReady(true);
      })
      .catch(() => {});
    return () => {
      gone = true;
    };
  }, [ready]);
  useLayoutEffect(() => {
    if (ready && render) host.current?.replaceChildren(render(text));
  }, [text, ready]);
  return ready ? <div key="drawn" ref={host} class="talk-markdown" /> : <p>{text}</p>;
}
