// Client code without a host page: it runs in a frame of no origin, and only our own pages ask it.
"use strict";
(() => {
  const ours = location.origin;
  const registered = new Map();

  const say = (type, told) => parent.postMessage({ deftly: 1, type, ...told }, ours);

  const plain = (value) => {
    const text = JSON.stringify(value);
    return text === undefined ? null : JSON.parse(text);
  };

  const shown = (value) => {
    try {
      return typeof value === "function" ? "function" : plain(value);
    } catch {
      return String(value);
    }
  };

  const sdk = {
    _register: (sha256, make) => registered.set(sha256, make),
  };
  for (const name of ["open", "close", "toggle", "reset", "send", "identify", "on", "off"]) {
    sdk[name] = (...given) => say("sandbox.used", { name, given: given.map(shown) });
  }
  window.deftly = window.bookbag = sdk;
  for (const level of ["log", "info", "warn", "error"]) {
    console[level] = (...given) => say("sandbox.said", { level, given: given.map(shown) });
  }

  const AsyncFunction = (async () => {}).constructor;

  const made = ({ code, script, sha256 }) => {
    if (typeof code === "string") {
      const run = new AsyncFunction("args", "deftly", `const bookbag = deftly;\n${code}\n`);
      return run;
    }
    (0, eval)(String(script));
    return registered.get(sha256);
  };

  const tooLong = (seconds) =>
    new Promise((_, refuse) => {
      setTimeout(() => refuse(new Error(`It took longer than ${seconds} s.`)), seconds * 1000);
    });

  const run = async (asked) => {
    const run = made(asked);
    if (typeof run !== "function") {
      throw new Error("The script did not register its code.");
    }
    const limit = Number(asked.timeoutS) || 10;
    return plain(await Promise.race([run(asked.args, sdk), tooLong(limit)]));
  };

  addEventListener("message", async ({ source, origin, data }) => {
    if (source !== parent || origin !== ours || data?.deftly !== 1 || data.type !== "sandbox.run") {
      return;
    }
    const id = data.id;
    try {
      say("sandbox.ended", { id, ok: true, result: await run(data) });
    } catch (error) {
      say("sandbox.ended", { id, ok: false, error: String(error) });
    }
  });

  say("sandbox.ready", {});
})();
