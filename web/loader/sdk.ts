/** `window.deftly`: what a host page may do with the chat, before and after it is loaded. */
import type { Identity } from "./session.ts";

export interface Doing {
  open(): void;
  close(): void;
  toggle(): void;
  reset(): void;
  send(text: string, options?: { open?: boolean }): void;
  identify(identity: Identity): Promise<boolean>;
}

export type Listener = (detail: unknown) => void;

export interface Sdk extends Doing {
  on(name: string, listener: Listener): () => void;
  off(name: string, listener: Listener): void;
  _register(digest: string, code: unknown): void;
  q: { push(...calls: unknown[]): void };
}

export interface Listeners {
  on(name: string, listener: Listener): () => void;
  off(name: string, listener: Listener): void;
  tell(name: string, detail: unknown): void;
}

export function makeListeners(): Listeners {
  const all = new Set<{ name: string; listener: Listener }>();
  const off: Listeners["off"] = (name, listener) => {
    for (const one of all) if (one.name === name && one.listener === listener) all.delete(one);
  };
  return {
    on(name, listener) {
      off(name, listener);
      all.add({ name, listener });
      return () => off(name, listener);
    },
    off,
    tell(name, detail) {
      for (const one of [...all]) if (one.name === name) safely(() => one.listener(detail));
    },
  };
}

export function makeSdk(doing: Doing, { on, off }: Listeners, _register: Sdk["_register"]): Sdk {
  // What a queue may call.
  const methods: Record<string, unknown> = { ...doing, on, off };
  const push = (...calls: unknown[]) => {
    for (const one of calls) {
      const [name, ...args] = Array.isArray(one) ? one : [one];
      safely(() => {
        const method = Object.hasOwn(methods, name) && methods[name];
        if (typeof method !== "function") throw new TypeError(`No method ${name}`);
        return method(...args);
      });
    }
  };
  return { ...doing, on, off, _register, q: { push } };
}

/** Make the calls that were put into a queue before there was anybody to take them. */
export function drain(sdk: Sdk, before: unknown): void {
  const queued = (before as { q?: unknown } | undefined)?.q;
  if (Array.isArray(queued)) sdk.q.push(...queued);
}

/** What a page does wrong is told where pages' faults are, and keeps nothing from the others. */
function safely(call: () => unknown): void {
  // In the same breath, not after it: a call made now has its effect now.
  new Promise((resolve) => resolve(call())).catch(reportError);
}
