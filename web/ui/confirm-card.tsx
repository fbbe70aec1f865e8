/** The question before a call is sent: what exactly would be, and two answers. */
import { Check, ShieldQuestion, X } from "lucide-preact";
import { useEffect, useRef, useState } from "preact/hooks";
import "./styles/confirm-card.css";
import { Button } from "./button.tsx";
import { ConfirmProgram } from "./confirm-program.tsx";
import { Badge } from "./content.tsx";
import { ago, exactly } from "./time.ts";

export interface Asking {
  id: string;
  tool: string;
  expiresAt: string;
  /** Stored values as the server tells them; never words of a model. */
  summary: { readonly [name: string]: unknown };
}

/** What the card says; the chat of a visitor speaks their language. */
export interface ConfirmWords {
  /** Stands before the name of what would run. */
  question: string;
  confirm: string;
  deny: string;
  empty: string;
  noArguments: string;
  notSent: string;
  tooLate: string;
  expired: string;
  /** From how many milliseconds are left. */
  expires: (leftMs: number) => string;
  again: (times: number) => string;
}

const ENGLISH: ConfirmWords = {
  question: "Run",
  confirm: "Confirm",
  deny: "Deny",
  empty: "empty",
  noArguments: "It takes no arguments.",
  notSent: "Nothing has been sent yet.",
  tooLate: "Nobody answered in time; nothing was sent. Ask again to get another question.",
  expired: "Expired",
  expires: (leftMs) => `Expires ${soon(leftMs)}`,
  again: (times) => `The same was asked ${times} times in this conversation.`,
};

interface ConfirmCardProps {
  asking: Asking;
  /** Which answer is on its way. */
  busy?: "confirm" | "deny" | undefined;
  /** Something else is under way, and an answer has to wait for its end. */
  later?: boolean | undefined;
  /** Not there for who may not answer. */
  onAnswer?: ((agreed: boolean) => void) | undefined;
  words?: ConfirmWords | undefined;
}

/** Answers are taken only this long after the buttons came into sight: no click meant for what
 * was there before agrees to anything. */
const ARM_MS = 400;

export function ConfirmCard(props: ConfirmCardProps) {
  const { asking, busy, later, onAnswer, words = ENGLISH } = props;
  const { method, host, args, askedTimes } = readSummary(asking.summary);
  const foot = useRef<HTMLDivElement>(null);
  const armed = useArmed(foot) && !later;
  const leftMs = useLeft(asking.expiresAt);
  return (
    <section class="confirm-card" aria-label={`${words.confirm} ${asking.tool}?`}>
      <header>
        <ShieldQuestion class="icon" size={18} />
        <h3 class="grow">
          {words.question} <code>{asking.tool}</code>?
        </h3>
        <span class="small soft num" title={exactly(asking.expiresAt)}>
          {leftMs > 0 ? words.expires(leftMs) : words.expired}
        </span>
      </header>
      <p class="confirm-card-target">
        <Badge tone="amber">{method}</Badge> <code>{host}</code>
      </p>
      <ConfirmProgram program={asking.summary["program"]} />
      <dl>
        {args.map(({ name, label, value }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
              {label && <span class="small soft">{label}</span>}
            </dt>
            <dd>{value === "" ? <span class="faint">{words.empty}</span> : value}</dd>
          </div>
        ))}
        {args.length === 0 && <p class="soft">{words.noArguments}</p>}
      </dl>
      {askedTimes > 1 && <p class="small soft">{words.again(askedTimes)}</p>}
      <footer ref={foot}>
        <span class="grow small soft">{leftMs > 0 ? words.notSent : words.tooLate}</span>
        {onAnswer && leftMs > 0 && (
          <>
            <Button
              icon={X}
              disabled={!armed || busy === "confirm"}
              busy={busy === "deny"}
              onClick={() => onAnswer(false)}
            >
              {words.deny}
            </Button>
            <Button
              kind="primary"
              icon={Check}
              disabled={!armed || busy === "deny"}
              busy={busy === "confirm"}
              onClick={() => onAnswer(true)}
            >
              {words.confirm}
            </Button>
          </>
        )}
      </footer>
    </section>
  );
}

const SECOND_MS = 1_000;

/** How long it can still be answered; moves on by the second. */
function useLeft(at: string): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return Date.parse(at) - now;
}

/** `in 40 s` under two minutes, then as everywhere. */
function soon(leftMs: number): string {
  if (leftMs < 120 * SECOND_MS) return `in ${Math.ceil(leftMs / SECOND_MS)} s`;
  return ago(new Date(leftMs).toISOString(), 0);
}

/** In the page of somebody else, what lies over the frame counts as well, where browsers tell. */
const FRAMED = window.parent !== window;
const OVER_ALL = { threshold: 0.9, trackVisibility: true, delay: 100 };

function isSeen(entry: (IntersectionObserverEntry & { isVisible?: boolean }) | undefined): boolean {
  return entry?.isIntersecting === true && (!FRAMED || entry.isVisible !== false);
}

/** Whether the element has been wholly in sight for long enough. */
function useArmed(element: { current: HTMLElement | null }): boolean {
  const [armed, setArmed] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let inSight = false;
    const look = () => {
      clearTimeout(timer);
      if (inSight && !document.hidden) timer = setTimeout(() => setArmed(true), ARM_MS);
      else setArmed(false);
    };
    const observer = new IntersectionObserver(
      ([entry]) => {
        inSight = isSeen(entry);
        look();
      },
      FRAMED ? OVER_ALL : { threshold: 0.9 },
    );
    if (element.current) observer.observe(element.current);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      document.removeEventListener("visibilitychange", look);
    };
  }, [element]);
  return armed;
}

interface Shown {
  method: string;
  host: string;
  args: readonly { name: string; label: string; value: string }[];
  askedTimes: number;
}

function readSummary(summary: Asking["summary"]): Shown {
  const list = Array.isArray(summary["arguments"]) ? summary["arguments"] : [];
  return {
    method: String(summary["method"] ?? ""),
    host: String(summary["host"] ?? ""),
    args: (list as Record<string, unknown>[]).map((one) => ({
      name: String(one["name"] ?? ""),
      label: String(one["label"] ?? ""),
      value: String(one["value"] ?? ""),
    })),
    askedTimes: Number(summary["askedTimes"] ?? 1),
  };
}
