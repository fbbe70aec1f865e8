// Errors, told with the line of the code they are about.

const SOURCE = "action.js";
const NAMED = `//# sourceURL=${SOURCE}`;
// V8 writes two lines of its own in front of a function's body, and we write the name.
const LINES_AHEAD = 3;
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

// V8 knows where a syntax error is, and tells only whoever reports an error that has no stack.
function placeOfSyntaxError(error, code) {
  let found = null;
  const look = (event) => {
    event.preventDefault();
    if (event.filename === SOURCE) found = placeIn(code, event.lineno - LINES_AHEAD, event.colno);
  };
  addEventListener("error", look);
  reportError(error);
  removeEventListener("error", look);
  return found;
}

// V8 ends lines where editors do not; and what is not closed is noticed behind the last line.
function placeIn(code, line, column) {
  const text = code.trimEnd();
  const begun = [...text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map((end) => end.index + end[0].length);
  if (line < 1) return null;
  const start = [0, ...begun][line - 1];
  const offset = start === undefined ? text.length : Math.min(start + column - 1, text.length);
  const before = text.slice(0, offset).split(/\r\n|[\n\r]/);
  return { line: before.length, column: before.at(-1).length + 1, atEnd: offset === text.length };
}
