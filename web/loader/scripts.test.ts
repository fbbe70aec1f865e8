import { describe, expect, it } from "vitest";
import { type Load, makeScripts, type Run } from "./scripts.ts";

const SERVER = "https://deftly.example";
const DIGEST = "a".repeat(64);
const SCRIPT = `/embed/client/${DIGEST}.js?grant=g`;

let calls = 0;
function run(more: Partial<Run> = {}): Run {
  calls += 1;
  const call = { type: "client_run" as const, callId: `c${calls}`, script: SCRIPT };
  return { ...call, integrity: "sha256-x", args: {}, returns: true, timeoutS: 5, ...more };
}

/** Scripts whose delivery registers this code, and what was loaded. */
function given(code: unknown, digest = DIGEST) {
  const loaded: string[] = [];
  const load: Load = async (url) => {
    loaded.push(url);
    scripts.register(digest, code);
  };
  const deftly = { name: "sdk" };
  const scripts = makeScripts(SERVER, () => deftly, load);
  return { scripts, loaded, deftly };
}

it("the code gets the arguments and the SDK, and what it returns goes back", async () => {
  const { scripts, deftly } = given((args: { n: number }, sdk: unknown) => [args.n + 1, sdk]);
  const made = await scripts.run(run({ args: { n: 1 } }));
  expect(made).toEqual({ ok: true, result: [2, deftly] });
});

it("what was not asked for does not go back", async () => {
  const { scripts } = given(() => "secret");
  expect(await scripts.run(run({ returns: false }))).toEqual({ ok: true, result: null });
});

it("the same call is made once, and the same code loaded once", async () => {
  let made = 0;
  const { scripts, loaded } = given(() => {
    made += 1;
    return made;
  });
  const call = run();
  expect(await scripts.run(call)).toEqual({ ok: true, result: 1 });
  expect(await scripts.run(call)).toBeUndefined();
  expect(await scripts.run(run())).toEqual({ ok: true, result: 2 });
  expect(loaded).toEqual([SERVER + SCRIPT]);
});

describe("a failure is told", () => {
  const holdsItself: unknown[] = [];
  holdsItself.push(holdsItself);
  const unreadable = {
    toString() {
      throw new Error("no");
    },
  };
  it.each<[string, unknown, RegExp]>([
    ["that throws", () => nothing(), /ReferenceError: nothing/],
    ["that throws what cannot be read", () => raise(unreadable), /cannot be read/],
    ["that throws a lot", () => raise("x".repeat(10_000)), /^x{500}$/],
    ["that rejects", () => Promise.reject(new Error("later")), /later/],
    ["that never ends", () => new Promise(() => {}), /did not end within 0.01 s/],
    ["that returns a function", () => () => 1, /could not be cloned/i],
    ["that returns what holds itself", () => holdsItself, /circular/i],
    ["that returns a number JSON has not", () => 1n, /BigInt/],
    ["that is none", "not a function", /holds no code/],
  ])("of code %s", async (_, code, why) => {
    const { scripts } = given(code);
    const made = await scripts.run(run({ timeoutS: 0.01 }));
    expect(made).toMatchObject({ ok: false, error: expect.stringMatching(why) });
  });
});

it.each([
  ["another host", `https://evil.example/embed/client/${DIGEST}.js`],
  ["another path", `/embed/assets/${DIGEST}.js`],
  ["a path above", `/embed/client/../${DIGEST}.js`],
  ["no digest", "/embed/client/abc.js"],
  ["a script itself", "javascript:alert(1)"],
  ["data", "data:text/javascript,alert(1)"],
])("a script of %s is not loaded", async (_, script) => {
  const { scripts, loaded } = given(() => 1);
  expect(await scripts.run(run({ script }))).toMatchObject({ ok: false });
  expect(loaded).toEqual([]);
});

it("code under a name nobody asked for is not kept", async () => {
  const { scripts } = given(() => 1, "b".repeat(64));
  const made = await scripts.run(run());
  expect(made).toMatchObject({ ok: false, error: expect.stringMatching(/no code/) });
});

it("what could not be loaded is told, and tried again with the next call", async () => {
  let there = false;
  const scripts = makeScripts(
    SERVER,
    () => ({}),
    async () => {
      if (!there) throw new Error("blocked");
      scripts.register(DIGEST, () => 1);
    },
  );
  expect(await scripts.run(run())).toEqual({ ok: false, error: "Error: blocked" });
  there = true;
  expect(await scripts.run(run())).toEqual({ ok: true, result: 1 });
});

declare function nothing(): unknown;

function raise(what: unknown): never {
  throw what;
}
