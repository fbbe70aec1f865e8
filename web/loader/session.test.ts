import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Memory, makeSessions, remembered, type Session } from "./session.ts";

const SERVER = "https://deftly.example";
const PAGE = { url: "https://shop.example/", title: "Shop", values: {} };
const ANA = { user_id: "ana", user_hash: "right" };

interface Sent {
  publishableKey: string;
  resume?: string;
  identity?: typeof ANA;
}

let sent: Sent[];
/** Whether the server would answer a page that may not read it. */
let there: boolean;
let answers: ((body: Sent) => Response | Promise<Response>)[];

function session(number: number, identified = false): Session {
  const agent = { name: "default" };
  const times = { expiresAt: "2026-01-01T00:15:00Z", visitorId: "v1" };
  return { token: `t${number}`, resume: `r${number}`, ...times, agent, identified };
}

beforeEach(() => {
  sent = [];
  answers = [];
  there = false;
  vi.stubGlobal("location", { origin: "https://shop.example" });
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    if (url === `${SERVER}/embed.js`) return there ? new Response() : raise();
    expect(url).toBe(`${SERVER}/api/embed/session`);
    expect(init.credentials).toBe("omit");
    const body = JSON.parse(String(init.body)) as Sent;
    sent.push(body);
    const answer = answers.shift();
    return answer ? answer(body) : Response.json(session(sent.length, body.identity !== undefined));
  });
});

afterEach(() => vi.unstubAllGlobals());

function made(memory: Memory = remembered("pk_1")) {
  return makeSessions(SERVER, "pk_1", memory, () => PAGE);
}

it("a session is renewed as the same visitor, what else is remembered stays", async () => {
  const sessions = made();
  await sessions.open();
  sessions.memory.write({ ...sessions.memory.read(), conversation: "c1" });
  await sessions.open();
  expect(sent.map((one) => one.resume)).toEqual([undefined, "r1"]);
  expect(sessions.memory.read()).toEqual({ resume: "r2", conversation: "c1" });
});

it("whoever asks while one is on its way gets the same", async () => {
  const sessions = made();
  const [first, second] = await Promise.all([sessions.open(), sessions.open()]);
  expect(first).toBe(second);
  expect(sent).toHaveLength(1);
});

it("who is identified stays so when the session is renewed", async () => {
  const sessions = made();
  await sessions.open();
  await sessions.identify(ANA);
  await sessions.open();
  expect(sent.map((one) => one.identity)).toEqual([undefined, ANA, ANA]);
});

it("a wrong signature is told, and the visitor stays who they were", async () => {
  const sessions = made();
  await sessions.identify(ANA);
  const refusal = { ok: false, error: "user_hash is not right", code: "identity" };
  answers = [() => Response.json(refusal, { status: 403 })];
  await expect(sessions.identify({ ...ANA, user_hash: "wrong" })).rejects.toMatchObject({
    status: 403,
    code: "identity",
    message: "user_hash is not right",
  });
  await sessions.open();
  expect(sent.at(-1)?.identity).toEqual(ANA);
});

it("after a reset nobody is remembered, not even by an answer that comes late", async () => {
  const sessions = made();
  let late: (answer: Response) => void = () => {};
  answers = [
    () =>
      new Promise((resolve) => {
        late = resolve;
      }),
  ];
  const before = sessions.identify(ANA);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  sessions.forget();
  late(Response.json(session(9, true)));
  await before;
  expect(sessions.memory.read()).toEqual({});
  await sessions.open();
  expect(sent.at(-1)).not.toHaveProperty("resume");
  expect(sent.at(-1)).not.toHaveProperty("identity");
});

it.each<[string, () => Response, object]>([
  ["nothing answers", () => raise(), { status: 0, code: "unreachable" }],
  ["something else answers", () => new Response("<html>"), { status: 200, code: "refused" }],
  ["a proxy fails", () => new Response("", { status: 502 }), { status: 502, message: "HTTP 502" }],
])("where %s the session is refused, and can be asked for again", async (_, answer, why) => {
  const sessions = made();
  answers = [answer];
  await expect(sessions.open()).rejects.toMatchObject(why);
  await expect(sessions.open()).resolves.toMatchObject({ visitorId: "v1" });
});

it("a page that the agent does not list is told so, and not that the server is away", async () => {
  const sessions = made();
  there = true;
  answers = [raise];
  const message = "allowedOrigins does not list https://shop.example.";
  await expect(sessions.open()).rejects.toMatchObject({ status: 403, message });
});

function raise(): never {
  throw new TypeError("offline");
}

it.each<[string, Partial<Storage>]>([
  ["is forbidden", { getItem: raise, setItem: raise }],
  ["is full", { getItem: () => null, setItem: raise }],
  ["holds something else", { getItem: () => "{nonsense", setItem: () => {} }],
])("where storage %s, this page remembers", async (_, storage) => {
  vi.stubGlobal("localStorage", storage);
  const sessions = made(remembered("pk_1"));
  await sessions.open();
  await sessions.open();
  expect(sent.at(-1)?.resume).toBe("r1");
});

it("one page's visitor is found again by the next, for the same agent alone", async () => {
  const kept = new Map<string, string>();
  const getItem = (name: string) => kept.get(name) ?? null;
  const setItem = (name: string, value: string) => void kept.set(name, value);
  vi.stubGlobal("localStorage", { getItem, setItem });
  await made().open();
  expect(remembered("pk_1").read()).toEqual({ resume: "r1" });
  expect(remembered("pk_2").read()).toEqual({});
});
