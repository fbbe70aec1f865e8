/** Sample inputs, as a form made from the schema. */
import { Field, Select, TextArea, TextInput } from "#ui";
import type { Input } from "./inputs.ts";

interface SamplesProps {
  inputs: readonly Input[];
  typed: Readonly<Record<string, string>>;
  onTyped: (typed: Readonly<Record<string, string>>) => void;
}

export function Samples({ inputs, typed, onTyped }: SamplesProps) {
  if (inputs.length === 0) return <p class="small soft">It takes no inputs.</p>;
  return (
    <>
      {inputs.map((input) => (
        <Sample
          key={input.name}
          input={input}
          value={typed[input.name] ?? ""}
          onValue={(text) => onTyped({ ...typed, [input.name]: text })}
        />
      ))}
    </>
  );
}

interface SampleProps {
  input: Input;
  value: string;
  onValue: (text: string) => void;
}

function Sample({ input, value, onValue }: SampleProps) {
  const { name, description, required } = input;
  return (
    <Field
      label={<code>{name}</code>}
      // The server names an argument by its pointer.
      path={`/${name}`}
      optional={!required}
      hint={description || undefined}
    >
      <Control input={input} value={value} onValue={onValue} />
    </Field>
  );
}

function Control({ input: { type, choices }, value, onValue }: SampleProps) {
  const options = choices ?? (type === "boolean" ? ["true", "false"] : undefined);
  if (options) {
    const named = options.map((one) => ({ value: one, label: one }));
    const all = [{ value: "", label: "not given" }, ...named];
    return <Select value={value} options={all} onValue={onValue} />;
  }
  if (type === "array" || type === "object") {
    return (
      <TextArea
        mono
        class="actions-similes"
        placeholder={type === "array" ? "[]" : "{}"}
        value={value}
        onValue={onValue}
      />
    );
  }
  const inputMode = type === "string" ? "text" : "decimal";
  return <TextInput inputMode={inputMode} value={value} onValue={onValue} />;
}
