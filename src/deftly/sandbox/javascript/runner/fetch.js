// fetch: a frame out, a frame back, and a real Response.

const NO_BODY = [204, 205, 304];
const pending = new Map();
let fetches = 0;

function makeFetch(limits) {
  return async function fetch(input, init) {
    const request = new Request(input, init);
    if (request.redirect !== "follow") {
      const wish = `redirect: "${request.redirect}"`;
      throw new TypeError(`fetch: ${wish} is not to be had here; leave it out, they are followed`);
    }
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
    request.signal.throwIfAborted();
    const id = ++fetches;
    const headers = Object.setPrototypeOf([...request.headers].flat(), null);
    const head = { kind: "fetch", id, url: request.url, method: request.method, headers };
    const answer = new Promise((resolve) => pending.set(id, resolve));
    const aborted = new Promise((_, reject) => {
      request.signal.addEventListener("abort", () => {
        if (pending.delete(id)) send({ kind: "abort", id });
        reject(request.signal.reason);
      });
    });
    sendAtMost(limits.bodyBytes, { ...head, hasBody: body !== null }, body ?? new Uint8Array());
    return responseOf(await Promise.race([answer, aborted]));
  };
}

function responseOf({ head, body }) {
  if (head.kind === "refused") {
    const error = new TypeError(decoder.decode(body));
    if (head.limit) overLimit.add(error);
    throw error;
  }
  const headers = new Headers();
  for (const [name, value] of head.headers) {
    try {
      headers.append(name, value);
    } catch {
      continue; // what no Headers can hold
    }
  }
  const content = NO_BODY.includes(head.status) ? null : body;
  return dressed(new Response(content, { status: head.status, headers }), head);
}

function dressed(response, { url, redirected }) {
  const clone = () => dressed(Response.prototype.clone.call(response), { url, redirected });
  return Object.defineProperties(response, {
    url: { value: url },
    redirected: { value: redirected },
    clone: { value: clone },
  });
}

async function listen() {
  for (let frame; (frame = await receive()) !== null; ) {
    const settle = pending.get(frame.head.id);
    pending.delete(frame.head.id);
    settle?.(frame);
  }
}
