/** Client actions: the owner's code, loaded by its digest and called once per call. */
import type { JsonObject, ToLoader } from "./protocol.ts";

export type Run = Extract<ToLoader, { type: "client_run" }>;
export type Outcome = { ok: boolean; result?: unknown; error?: string | undefined };
type ClientCode = (args: JsonObject, deftly: object) => unknown;

/** Put a script into the page; resolves once it has run. */
export type Load = (url: string, integrity: string) => Promise<void>;

export interface Scripts {
  /** What a delivered script calls; code nobody asked for is not kept. */
  register(digest: string, code: unknown): void;
  /** Call it; nothing if this page has made that call before. */
  run(run: Run): Promise<Outcome | undefined>;
}

const PATH = /^\/embed\/client\/([0-9a-f]{64})\.js$/;
const ERROR_MAX = 500;

export function makeScripts(server: string, deftly: () => object, load: Load = insert): Scripts {
  const known = new Map<string, ClientCode | undefined>();
  const made = new Set<string>();

  async function codeOf({ script, integrity }: Run): Promise<ClientCode> {
    const url = new URL(script, server);
    const digest = PATH.exec(url.pathname)?.[1];
    if (url.origin !== server || !digest) throw new Error("The address is none of Deftly's.");
    if (!known.get(digest)) {
      known.set(digest, undefined);
      await load(url.href, integrity);
    }
    const code = known.get(digest);
    if (!code) throw new Error("The script holds no code.");
    return code;
  }

  return {
    register(digest, code) {
      if (known.has(digest) && typeof code === "function") known.set(digest, code as ClientCode);
    },
    async run(run) {
      if (made.has(run.callId)) return undefined;
      made.add(run.callId);
      try {
        const code = await codeOf(run);
        const result = await within(run.timeoutS, async () => code(run.args, deftly()));
        return { ok: true, result: run.returns ? clonable(result) : null };
      } catch (fault) {
        return { ok: false, error: sentence(fault) };
      }
    },
  };
}

/** The result within so many seconds; what takes longer goes on, but is not waited for. */
async function within(timeoutS: number, call: () => Promise<unknown>): Promise<unknown> {
  let timer = 0;
  const late = new Promise((_, refuse) => {
    const told = () => refuse(new Error(`The code did not end within ${timeoutS} s.`));
    timer = setTimeout(told, timeoutS * 1_000) as unknown as number;
  });
  try {
    return await Promise.race([call(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What a message can carry: throws for nodes of the page, functions, and what holds itself. The
 * frame, which hands it on, takes nothing but plain JSON. */
function clonable(result: unknown): unknown {
  JSON.stringify(result);
  return structuredClone(result ?? null);
}

function sentence(fault: unknown): string {
  try {
    return String(fault).slice(0, ERROR_MAX);
  } catch {
    return "What was thrown cannot be read.";
  }
}

function insert(url: string, integrity: string): Promise<void> {
  return new Promise((resolve, refuse) => {
    const script = document.createElement("script");
    script.onload = () => resolve();
    script.onerror = () => refuse(new Error("The script could not be loaded."));
    script.crossOrigin = "anonymous";
    script.integrity = integrity;
    script.src = trusted(url);
    document.head.append(script);
    script.remove();
  });
}

interface TrustedTypes {
  createPolicy(name: string, rules: object): { createScriptURL(url: string): string };
}

let policy: ReturnType<TrustedTypes["createPolicy"]> | undefined;

/** For pages that take script addresses from named policies only; ours is called `deftly`. */
function trusted(url: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy("deftly", { createScriptURL: (one: string) => one });
  return policy ? policy.createScriptURL(url) : url;
}
