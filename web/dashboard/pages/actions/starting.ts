/** Something small that works, to begin code or a command with. */
import type { Draft } from "./draft.ts";

type Kind = "code" | "shell";

interface Start {
  code: string;
  input: Draft["inputs"][number];
}

const STARTS: Readonly<Record<Kind, Start>> = {
  code: {
    code: `// The inputs are in params; return what the agent gets.
const day = new Date(params.date);
const days = Math.ceil((day - Date.now()) / 86_400_000);
console.log("counted from", new Date().toISOString());
return { days, weekday: day.toLocaleDateString("en", { weekday: "long" }) };`,
    input: {
      name: "date",
      type: "string",
      description: "A day, such as 2027-01-31",
      required: true,
    },
  },
  shell: {
    code: "# An input is one word; the agent gets what is printed.\nprintf '%s' {{text}} | wc -w",
    input: { name: "text", type: "string", description: "Any text", required: true },
  },
};

/** The change that puts it in, with its input where there is none of that name. */
export function startOf(kind: Kind, { inputs, schema }: Draft): Partial<Draft> {
  const { code, input } = STARTS[kind];
  const there = schema !== undefined || inputs.some((one) => one.name === input.name);
  return there ? { code } : { code, inputs: [...inputs.filter((one) => one.name), input] };
}
