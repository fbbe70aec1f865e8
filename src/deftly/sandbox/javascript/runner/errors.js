// Errors, told with the line of the code they are about.

const SOURCE = "action.js";
// V8 writes two lines of its own in front of a function's body.
const LINES_AHEAD = 2;
const SHOWN_CHARACTERS = 2000;
const MISSING = /\b(Deno|process|require|module|Worker|WebSocket|localStorage) is not defined/;
const ONLY_WEB = " – there are the APIs of the web alone, and nothing of Deno or Node";

// Errors of ours that say which limit was reached.
const overLimit = new WeakSet();

function lineOf(error) {
  const found = /action\.js(?:, <anonymous>)?:(\d+):\d+/.exec(String(error.stack));
  const line = found ? Number(found[1]) - LINES_AHEAD : 0;
  return line > 0 ? line : null;
}

function described(error) {
  try {
    if (!(error instanceof Error)) return inspect(error).slice(0, SHOWN_CHARACTERS);
    const line = error.line ?? lineOf(error);
    // Modules that need what is hidden put a whole stack into their message.
    const message = String(error.message).split(/\n +at /)[0].slice(0, SHOWN_CHARACTERS);
    const hint = MISSING.test(message) ? ONLY_WEB : "";
    const said = overLimit.has(error) ? message : `${error.name}: ${message}`;
    return line === null ? said + hint : `${said.replace(/\.$/, "")}${hint} (line ${line})`;
  } catch {
    return "an error that cannot be shown";
  }
}

// V8 does not tell where a syntax error is; the loader of modules does, and runs nothing of it.
async function lineOfSyntaxError(code) {
  const source = `async function action(params, fetch, console, secrets) {\n${code}\n}`;
  try {
    await import(`data:text/javascript,${encodeURIComponent(source)}`);
  } catch (error) {
    const found = /:(\d+):\d+\s*$/.exec(String(error.message));
    // What is closed once too often is noticed behind the last line.
    const last = code.trimEnd().split("\n").length;
    return found ? Math.min(Number(found[1]) - 1, last) : null;
  }
  return null;
}
