/** The visitor's session: a token of fifteen minutes, asked for anew when it ends. */

export interface Identity {
  user_id: string;
  user_hash: string;
  user_metadata?: Record<string, unknown>;
}

/** What the server tells of the agent. */
export interface EmbeddedAgent {
  name: string;
  title?: string | null;
  greeting?: string | null;
  suggestedQuestions?: readonly string[];
  pageContext?: boolean;
  embed?: Record<string, unknown>;
}

export interface Session {
  token: string;
  resume: string;
  expiresAt: string;
  visitorId: string;
  agent: EmbeddedAgent;
  identified: boolean;
}

export interface Page {
  url: string;
  title: string;
  values: Record<string, unknown>;
}

/** What is remembered between pages of the host; without storage, until the page is left. */
export interface Kept {
  resume?: string | undefined;
  conversation?: string | undefined;
}

export interface Memory {
  read(): Kept;
  write(kept: Kept): void;
}

/** Why there is no session; `status` 0 means that nothing answered. */
export interface Refused extends Error {
  status: number;
  code: string;
}

export interface Sessions {
  readonly memory: Memory;
  /** A fresh session; whoever asks while one is on its way gets the same. */
  open(): Promise<Session>;
  /** As whom; takes the identity back if the server refuses it. */
  identify(identity: Identity): Promise<Session>;
  /** Be somebody new: what was said, and who said it, is not remembered. */
  forget(): void;
}

export function makeSessions(
  server: string,
  publishableKey: string,
  memory: Memory,
  page: () => Page,
): Sessions {
  let identity: Identity | undefined;
  let pending: Promise<Session> | undefined;
  /** Grows with each visitor: an answer for the one before is not remembered. */
  let life = 0;

  async function ask(): Promise<Session> {
    const mine = life;
    const { resume } = memory.read();
    const session = await fetched(server, { publishableKey, resume, identity, page: page() });
    if (mine === life) memory.write({ ...memory.read(), resume: session.resume });
    return session;
  }

  function open(): Promise<Session> {
    if (pending) return pending;
    const asked = ask().finally(() => {
      if (pending === asked) pending = undefined;
    });
    pending = asked;
    return asked;
  }

  return {
    memory,
    open,
    async identify(wanted) {
      const before = identity;
      identity = wanted;
      pending = undefined;
      try {
        return await open();
      } catch (fault) {
        if (identity === wanted) identity = before;
        throw fault;
      }
    },
    forget() {
      life += 1;
      identity = undefined;
      pending = undefined;
      memory.write({});
    },
  };
}

async function fetched(server: string, body: object): Promise<Session> {
  // As plain text, which browsers send without asking the server first.
  const given = { method: "POST", body: JSON.stringify(body) };
  const response = await ask(`${server}/api/embed/session`, given);
  if (!response) throw await unheard(server);
  const told = await response.json().catch(() => ({}));
  if (response.ok && told.token) return told;
  throw refused(response.status, told.code ?? "refused", told.error ?? `HTTP ${response.status}`);
}

/** A page that may not hear the answer is told no more than one whose server is away. */
async function unheard(server: string): Promise<Refused> {
  const there = await ask(`${server}/embed.js`, { mode: "no-cors", cache: "no-store" });
  if (!there) return refused(0, "unreachable", "Deftly does not answer.");
  return refused(403, "origin", `allowedOrigins does not list ${location.origin}.`);
}

function ask(url: string, init: RequestInit): Promise<Response | undefined> {
  return fetch(url, { ...init, credentials: "omit" }).catch(() => undefined);
}

function refused(status: number, code: string, message: string): Refused {
  return Object.assign(new Error(message), { status, code });
}

/** The host's storage under a name for each agent; it may be full, forbidden or not there. */
export function remembered(publishableKey: string): Memory {
  const name = `deftly:${publishableKey}`;
  let kept: Kept = {};
  return {
    read() {
      try {
        kept = JSON.parse(localStorage.getItem(name) ?? "") as Kept;
      } catch {
        // what this page knows
      }
      return kept;
    },
    write(wanted) {
      kept = wanted;
      try {
        localStorage.setItem(name, JSON.stringify(wanted));
      } catch {
        // it holds until the page is left
      }
    },
  };
}
