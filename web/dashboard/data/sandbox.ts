/** Runs client code in `/embed/sandbox`: a frame of no origin, which reaches nothing of ours. */

const PAGE = "/embed/sandbox";
const READY_MS = 10_000;
// The frame ends code that waits; code that never gives control back is ended from here.
const GRACE_MS = 1_500;
const LINES_MAX = 200;

export interface SandboxRun {
  args: Record<string, unknown>;
  timeoutS: number;
  /** The body of a function; or else a delivered script, with the digest it registers under. */
  code?: string;
  script?: string;
  sha256?: string;
}

/** What the code did before it ended: a line of the console, or a use of `deftly`. */
export interface Line {
  level: "log" | "info" | "warn" | "error" | "used";
  text: string;
}

export type Ended = { ok: true; result: unknown } | { ok: false; error: string };

interface Told {
  deftly?: unknown;
  type?: string;
  id?: unknown;
  ok?: unknown;
  result?: unknown;
  error?: unknown;
  name?: unknown;
  level?: unknown;
  given?: unknown;
}

/** Resolves with how it ended; it never throws. */
export function runInSandbox(run: SandboxRun, onLine: (line: Line) => void): Promise<Ended> {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.hidden = true;
  frame.title = "Client code";
  const id = crypto.getRandomValues(new Uint32Array(2)).join("-");
  return new Promise((resolve) => {
    let lines = 0;
    const note = (told: Told) => {
      const line = lines < LINES_MAX ? lineOf(told) : undefined;
      lines += 1;
      if (line) onLine(line);
    };
    const end = (ended: Ended) => {
      clearTimeout(timer);
      removeEventListener("message", hear);
      frame.remove();
      resolve(ended);
    };
    const giveUp = (error: string, ms: number) => setTimeout(() => end({ ok: false, error }), ms);
    const hear = ({ source, origin, data }: MessageEvent<Told | null>) => {
      // A frame of no origin is named so; which one it is, its window says.
      if (source !== frame.contentWindow || origin !== "null" || data?.deftly !== 1) return;
      if (data.type === "sandbox.ready") {
        clearTimeout(timer);
        timer = giveUp(late(run.timeoutS), run.timeoutS * 1_000 + GRACE_MS);
        // Nobody else can be in there, and no address could be named.
        frame.contentWindow?.postMessage({ deftly: 1, type: "sandbox.run", id, ...run }, "*");
      } else if (data.type === "sandbox.ended" && data.id === id) end(endedOf(data));
      else note(data);
    };
    let timer = giveUp("The sandbox did not open.", READY_MS);
    addEventListener("message", hear);
    frame.src = PAGE;
    document.body.append(frame);
  });
}

function late(timeoutS: number): string {
  return `The code did not end within ${timeoutS} s.`;
}

function endedOf({ ok, result, error }: Told): Ended {
  return ok === true
    ? { ok: true, result: result ?? null }
    : { ok: false, error: String(error ?? "It failed.") };
}

const LEVELS = ["log", "info", "warn", "error"] as const;

function lineOf({ type, name, level, given }: Told): Line | undefined {
  const said = Array.isArray(given) ? given.map(written) : [];
  if (type === "sandbox.used")
    return { level: "used", text: `deftly.${String(name)}(${said.join(", ")})` };
  const known = LEVELS.find((one) => one === level);
  return type === "sandbox.said" && known ? { level: known, text: said.join(" ") } : undefined;
}

function written(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}
