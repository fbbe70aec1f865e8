// The one run: the script comes in, its value or its error goes out.

function secretsOf(markers) {
  return new Proxy(Object.freeze({ __proto__: null, ...markers }), {
    get(known, name) {
      if (typeof name === "symbol" || name in known) return known[name];
      throw new TypeError(`There is no secret ${name}: write secrets.${name} in the code itself`);
    },
  });
}

// Whatever closes the function that is around it is refused by V8: nothing of it runs here.
function compiled(code) {
  const AsyncFunction = (async () => undefined).constructor;
  const shown = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    const names = ["params", "fetch", "console", "secrets"];
    return new AsyncFunction(...names, `${NAMED}\n${code}\n${NAMED}`);
  } catch (error) {
    error.place = placeOfSyntaxError(error, code);
    error.line = error.place?.line;
    throw error;
  } finally {
    Error.stackTraceLimit = shown;
  }
}

function sayWhetherItCompiles(code) {
  try {
    compiled(code);
    send({ kind: "compiled" });
  } catch (error) {
    sendText({ kind: "refused", ...error.place }, `${error.name}: ${error.message}`);
  }
}

function sayThrown(error) {
  sendText({ kind: "threw", limit: overLimit.has(error) }, described(error));
}

class NotJson extends Error {}

function jsonOf(value, limits) {
  let characters = 0;
  const where = (key) => (key === "" ? "" : ` at ${JSON.stringify(key)}`);
  const text = JSON.stringify(value, (key, item) => {
    if (typeof item === "bigint") {
      throw new NotJson(`The result holds a BigInt${where(key)}, which is not JSON: use String().`);
    }
    if (typeof item === "number" && !Number.isFinite(item)) {
      throw new NotJson(`The result holds ${item}${where(key)}, which is not JSON.`);
    }
    // Found before a text of that length is made.
    if (typeof item === "string" && (characters += item.length) > limits.resultBytes) {
      throw { size: characters };
    }
    return item;
  });
  if (text === undefined && value !== undefined) {
    throw new NotJson(`The result is a ${typeof value}, which is not JSON.`);
  }
  return text ?? "";
}

function sayReturned(value, limits) {
  try {
    sendAtMost(limits.resultBytes, { kind: "returned" }, encoder.encode(jsonOf(value, limits)));
  } catch (error) {
    sayWhyNotJson(error);
  }
}

function sayWhyNotJson(error) {
  const said = String(error?.message);
  if (typeof error?.size === "number") send({ kind: "returned", size: error.size });
  else if (error instanceof NotJson) sendText({ kind: "threw" }, said);
  else if (said.startsWith("Converting circular")) {
    sendText({ kind: "threw" }, "The result holds itself, which JSON cannot.");
  } else sendText({ kind: "threw" }, `The result cannot be made JSON: ${described(error)}`);
}

async function main() {
  send({ kind: "ready" });
  const frame = await receive();
  if (frame === null) return;
  const { code, params, secrets, limits, isTest } = JSON.parse(decoder.decode(frame.body));
  if (frame.head.kind === "compile") return sayWhetherItCompiles(code);
  let action;
  try {
    action = compiled(code);
  } catch (error) {
    return sayThrown(error);
  }
  const console = makeConsole(limits);
  const fetch = makeFetch(limits);
  Object.assign(globalThis, { console, fetch });
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    console.error(`Nobody caught this rejection: ${described(event.reason)}`);
  });
  addEventListener("error", (event) => {
    event.preventDefault();
    console.error(`Nobody caught this error: ${described(event.error)}`);
  });
  if (!isTest) hide();
  listen();
  let value;
  try {
    value = await action(params, fetch, console, secretsOf(secrets));
  } catch (error) {
    return sayThrown(error);
  }
  sayReturned(value, limits);
}

await main();
