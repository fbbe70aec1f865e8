/** What is in reach of code and of commands, for whoever writes them. */
import type { ComponentChildren } from "preact";

type Kind = "code" | "shell";
type Row = readonly [name: string, says: ComponentChildren];

const CODE: readonly Row[] = [
  [
    "params",
    <>
      The inputs by name: <code>params.order_id</code>. One that is not given is undefined.
    </>,
  ],
  [
    "fetch",
    <>
      As in a browser, at most 20 a run, with the same guard as API calls:{" "}
      <code>{"await (await fetch(url)).json()"}</code>.
    </>,
  ],
  [
    "secrets",
    <>
      <code>secrets.NAME</code> is filled in where it stands in a header of a <code>fetch</code>.
      The code itself never sees the value.
    </>,
  ],
  ["console", "What it logs is kept with the run, up to 64 KiB. The agent does not see it."],
  [
    "return",
    "Any JSON is what the agent gets, up to 256 KiB. Without it the agent is told “Done”. An error that is thrown ends the run, and the agent is told why.",
  ],
  ["not there", "Files, programs, import, environment. Each run begins anew and keeps nothing."],
];

const SHELL: readonly Row[] = [
  [
    "{{name}}",
    <>
      An input as one safe word, whatever it holds: <code>{"wc -w {{file}}"}</code>. It needs no
      quotes and may stand in double ones, but never in single ones, nor as the command itself. In
      an address: <code>{"{{name|url}}"}</code>.
    </>,
  ],
  [
    "programs",
    "A POSIX sh and what is installed under /usr on the server. The files there can be read, /tmp can be written; each run begins anew and keeps nothing.",
  ],
  [
    "network",
    <>
      HTTP and HTTPS, as in <code>curl -sS https://…</code>, through the same guard as API calls.
      Nothing else is reachable.
    </>,
  ],
  [
    "output",
    "The agent gets what it prints, up to 64 KiB, with what it printed as errors and the exit code.",
  ],
  [
    "not there",
    "Secrets, the server’s own files and environment. An API that needs a key is for Call API or Code.",
  ],
];

export function InReach({ of: kind, open }: { of: Kind; open: boolean }) {
  return (
    <details class="actions-reach" open={open}>
      <summary>{kind === "code" ? "What the code can use" : "What a command can use"}</summary>
      <dl>
        {(kind === "code" ? CODE : SHELL).map(([name, says]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
