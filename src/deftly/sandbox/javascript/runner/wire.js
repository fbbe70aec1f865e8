// Frames over stdin and stdout: a line of JSON, then as many bytes as it says.

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NEWLINE = 10;

// Frames have no prototype, so that code that changes Object.prototype does not change them.
function send(head, body = new Uint8Array()) {
  const line = encoder.encode(`${JSON.stringify({ __proto__: null, ...head, bytes: body.length })}\n`);
  const frame = new Uint8Array(line.length + body.length);
  frame.set(line);
  frame.set(body, line.length);
  for (let at = 0; at < frame.length; ) at += stdout.writeSync(frame.subarray(at));
}

function sendText(head, text) {
  send(head, encoder.encode(text));
}

// Larger bodies stay here: their size is enough to refuse them.
function sendAtMost(most, head, body) {
  const fits = body.length <= most;
  send({ __proto__: null, ...head, size: body.length }, fits ? body : undefined);
}

let held = new Uint8Array();

async function more() {
  const chunk = new Uint8Array(65536);
  const count = await stdin.read(chunk);
  if (count === null) return false;
  const joined = new Uint8Array(held.length + count);
  joined.set(held);
  joined.set(chunk.subarray(0, count), held.length);
  held = joined;
  return true;
}

async function receive() {
  let end;
  while ((end = held.indexOf(NEWLINE)) < 0) if (!(await more())) return null;
  const head = JSON.parse(decoder.decode(held.subarray(0, end)));
  const from = end + 1;
  while (held.length < from + head.bytes) if (!(await more())) return null;
  const body = held.slice(from, from + head.bytes);
  held = held.slice(from + head.bytes);
  return { head, body };
}
