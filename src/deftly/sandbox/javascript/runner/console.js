// The console: every line a frame, until its limit.

function makeConsole(limits) {
  let leftBytes = limits.consoleBytes;
  let leftLines = limits.consoleLines;
  let indent = "";
  const counts = new Map();
  const timers = new Map();

  // A stack would be that of the runner.
  function said(value) {
    if (typeof value === "string") return value;
    return value instanceof Error ? described(value) : inspect(value);
  }

  function write(level, values) {
    if (leftLines < 0) return;
    const shown = values.map(said).join(" ");
    const body = encoder.encode(indent + shown.slice(0, leftBytes + 1));
    leftLines -= 1;
    if (leftLines < 0 || body.length > leftBytes) {
      leftLines = -1;
      send({ kind: "console", level, cut: true }, body.subarray(0, leftBytes));
      return;
    }
    leftBytes -= body.length;
    send({ kind: "console", level }, body);
  }
  const at = (level) => (...values) => write(level, values);
  const elapsed = (label) => `${label}: ${(performance.now() - timers.get(label)).toFixed(1)} ms`;
  const group = (...values) => {
    if (values.length) write("log", values);
    indent = `${indent}  `.slice(0, 40);
  };

  return {
    log: at("log"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    debug: at("debug"),
    trace: at("debug"),
    dir: (value) => write("log", [value]),
    table: at("log"),
    assert: (holds, ...values) => holds || write("error", ["Assertion failed:", ...values]),
    count: (label = "default") => {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      write("log", [`${label}: ${counts.get(label)}`]);
    },
    countReset: (label = "default") => void counts.delete(label),
    time: (label = "default") => void timers.set(label, performance.now()),
    timeLog: (label = "default", ...values) => write("log", [elapsed(label), ...values]),
    timeEnd: (label = "default") => write("log", [elapsed(label)]),
    group,
    groupCollapsed: group,
    groupEnd: () => void (indent = indent.slice(2)),
    clear: () => undefined,
  };
}
