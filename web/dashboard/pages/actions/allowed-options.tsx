/** Which inputs of a command may look like an option of a program. */
import { Checkbox, FieldSet } from "#ui";
import type { Section } from "./editor.tsx";
import { inputsNamedIn } from "./template.ts";

export function AllowedOptions({ draft: { code, allowOptions }, edit }: Section) {
  const names = [...new Set([...inputsNamedIn([code]), ...allowOptions])];
  if (names.length === 0) return null;
  return (
    <FieldSet
      legend="Values that may begin with - or @"
      path="handler.allowOptions"
      hint="A program would take such a value for an option, or for the name of a file. It is refused unless you tick it here."
    >
      <div class="row wrap">
        {names.map((name) => (
          <Checkbox
            key={name}
            label={<code>{name}</code>}
            checked={allowOptions.includes(name)}
            onChecked={(on) =>
              edit({
                allowOptions: on
                  ? [...allowOptions, name]
                  : allowOptions.filter((one) => one !== name),
              })
            }
          />
        ))}
      </div>
    </FieldSet>
  );
}
