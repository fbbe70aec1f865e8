/** What pages are made of: headers, cards, badges, facts. */
import { ArrowLeft, Check, Copy } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Button } from "./button.tsx";
import { useCopied } from "./copied.ts";
import { ago, exactly } from "./time.ts";

export type Tone = "plain" | "green" | "amber" | "red" | "blue" | "accent";

interface BadgeProps {
  tone?: Tone | undefined;
  dot?: boolean | undefined;
  children: ComponentChildren;
}

export function Badge({ tone = "plain", dot, children }: BadgeProps) {
  return <span class={`badge ${tone} ${dot ? "dot" : ""}`}>{children}</span>;
}

interface PageProps {
  title: string;
  /** One sentence on what this is for. */
  lead?: ComponentChildren;
  back?: { href: string; label: string } | undefined;
  actions?: ComponentChildren;
  /** Uses the whole width. */
  wide?: boolean | undefined;
  children: ComponentChildren;
}

/** Every page: its header, and what is below. */
export function Page({ title, lead, back, actions, wide, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Deftly`;
  }, [title]);
  return (
    <div class={wide ? "page wide" : "page"}>
      <header class="page-head">
        <div class="titles">
          {back && (
            <a class="back" href={back.href}>
              <ArrowLeft size={14} /> {back.label}
            </a>
          )}
          <h1>{title}</h1>
          {lead && <p>{lead}</p>}
        </div>
        {actions && <div class="row wrap">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

interface CardProps {
  title?: ComponentChildren;
  actions?: ComponentChildren;
  /** Without space around the content: for a list or a table. */
  flush?: boolean | undefined;
  children: ComponentChildren;
}

export function Card({ title, actions, flush, children }: CardProps) {
  return (
    <section class="card">
      {title && (
        <div class="card-head">
          <h2>{title}</h2>
          {actions}
        </div>
      )}
      <div class={flush ? "" : "card-content"}>{children}</div>
    </section>
  );
}

interface SplitProps {
  side: ComponentChildren;
  /** Both halves fill the window and scroll by themselves. */
  full?: boolean | undefined;
  children: ComponentChildren;
}

/** Two columns; on a narrow screen one below the other. */
export function SplitView({ side, full, children }: SplitProps) {
  return (
    <div class={full ? "split full" : "split"}>
      <div class="grow">{children}</div>
      <aside class="side">{side}</aside>
    </div>
  );
}

/** Names and values, one pair a line. */
export function Facts({ of }: { of: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {of.map(([name, value]) => [
        <dt key={name}>{name}</dt>,
        <dd key={`${name}-value`}>{value ?? <span class="faint">–</span>}</dd>,
      ])}
    </dl>
  );
}

/** `<Keys of="mod k" />`: the keys of a shortcut; `mod` is Ctrl, or ⌘ on a Mac. */
export function Keys({ of }: { of: string }) {
  return (
    <span class="row keys">
      {of.split(" ").map((key) => (
        <kbd key={key}>{key === "mod" ? MOD : key.length === 1 ? key.toUpperCase() : key}</kbd>
      ))}
    </span>
  );
}

export const MOD = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl";

/** How long ago, moving on with the clock; the exact time when pointed at. */
export function Time({ at }: { at: string }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={exactly(at)} class="num">
      {ago(at, now)}
    </time>
  );
}

export function CopyButton({ text, label = "Copy" }: { text: string; label?: string }) {
  const { done, copy } = useCopied(text);
  return (
    <Button size="small" icon={done ? Check : Copy} onClick={copy}>
      {done ? "Copied" : label}
    </Button>
  );
}

/** A text to take along: a key, a command, an address. */
export function Copyable({ text }: { text: string }) {
  return (
    <div class="copyable">
      <code>{text}</code>
      <CopyButton text={text} />
    </div>
  );
}
