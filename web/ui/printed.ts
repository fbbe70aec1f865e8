/** What code and commands wrote: lines of a console, and the result of a command. */

export interface ConsoleLine {
  /** `log`, `info`, `warn`, `error`, `debug`; anything else stands as it is. */
  level: string;
  text: string;
}

export function consoleText(lines: readonly ConsoleLine[]): string {
  return lines.map(({ level, text }) => `${level}: ${text}`).join("\n");
}

/** The result of a command. */
export interface Printed {
  exit_code: number;
  stdout: string;
  stderr: string;
  truncated: boolean;
}

const MEMBERS: ReadonlySet<string> = new Set(["exit_code", "stdout", "stderr", "truncated"]);

/** What a command printed, if a result is that and nothing else. */
export function printedOf(result: unknown): Printed | undefined {
  if (typeof result !== "object" || result === null) return undefined;
  const { exit_code, stdout, stderr, truncated } = result as Partial<Printed>;
  if (typeof exit_code !== "number" || typeof stdout !== "string" || typeof stderr !== "string")
    return undefined;
  const known = Object.keys(result).every((name) => MEMBERS.has(name));
  return known ? { exit_code, stdout, stderr, truncated: truncated === true } : undefined;
}
