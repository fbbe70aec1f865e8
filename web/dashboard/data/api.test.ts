import { afterEach, expect, test, vi } from "vitest";
import { addressOf, api, onSignedOut } from "./api.ts";

afterEach(() => vi.unstubAllGlobals());

function answering(status: number, body: unknown, headers: Record<string, string> = {}) {
  const sent = vi.fn(async () => new Response(JSON.stringify(body), { status, headers }));
  vi.stubGlobal("fetch", sent);
  return sent;
}

test("a value can change neither the path nor the query", () => {
  const address = addressOf("/api/runs/{run_id}", {
    path: { run_id: "a/../b?c=#d" },
    query: { status: "a&b=c", action: undefined, empty: "" },
  });

  expect(address).toBe("/api/runs/a%2F..%2Fb%3Fc%3D%23d?status=a%26b%3Dc");
});

test("a refusal is thrown in the server's words, with the fields it names", async () => {
  const details = [{ path: "name", message: "name is taken." }];
  answering(409, { error: "The name is taken.", code: "name_taken", details });

  await expect(api.post("/api/keys", { name: "a", scopes: ["run"] })).rejects.toMatchObject({
    status: 409,
    code: "name_taken",
    message: "The name is taken.",
    details,
  });
});

test("an answer that is no refusal of ours is told by its status", async () => {
  answering(502, "<html>");

  await expect(api.get("/api/keys")).rejects.toMatchObject({ status: 502, code: "unexpected" });
});

test("a server that is not there has its own sentence", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));

  await expect(api.get("/api/keys")).rejects.toMatchObject({ status: 0, code: "unreachable" });
});

test("a session that ended is noticed wherever it shows, except while asking for it", async () => {
  const ended = vi.fn();
  onSignedOut(ended);
  answering(401, { error: "The session has ended.", code: "not_authenticated" });

  await expect(api.get("/api/session")).rejects.toMatchObject({ status: 401 });
  expect(ended).not.toHaveBeenCalled();
  await expect(api.get("/api/keys")).rejects.toMatchObject({ status: 401 });
  expect(ended).toHaveBeenCalledOnce();
});

test("an edit says what it started from", async () => {
  const sent = answering(200, { action: {} }, { etag: '"3"' });

  const { etag } = await api.tagged("/api/custom-actions/{action_id}", {
    path: { action_id: "a" },
  });
  await api.put("/api/custom-actions/{action_id}", {}, { path: { action_id: "a" }, ifMatch: etag });

  expect(sent).toHaveBeenLastCalledWith(
    "/api/custom-actions/a",
    expect.objectContaining({
      method: "PUT",
      headers: { "content-type": "application/json", "if-match": '"3"' },
    }),
  );
});
