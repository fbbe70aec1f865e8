/** The table of inputs: a row each. */
import { CircleAlert, Plus, X } from "lucide-preact";
import { Button, Checkbox, IconButton, Select, TextInput, useProblems } from "#ui";
import { type Input, TYPES } from "./inputs.ts";

const TYPE_OPTIONS = TYPES.map((value) => ({ value, label: value }));

export const BLANK: Input = { name: "", type: "string", description: "", required: true };

interface InputsProps {
  inputs: readonly Input[];
  onInputs: (inputs: readonly Input[]) => void;
}

export function InputsTable({ inputs, onInputs }: InputsProps) {
  return (
    <div class="stack tight">
      {inputs.length === 0 && (
        <p class="soft">
          Nothing yet. An input is what the model must find out first, such as an order number.
        </p>
      )}
      {inputs.map((input, index) => (
        <Row
          key={index}
          at={index}
          input={input}
          onInput={(part) =>
            onInputs(inputs.map((one, at) => (at === index ? { ...one, ...part } : one)))
          }
          onRemove={() => onInputs(inputs.filter((_, at) => at !== index))}
        />
      ))}
      <div>
        <Button size="small" icon={Plus} onClick={() => onInputs([...inputs, BLANK])}>
          Add input
        </Button>
      </div>
    </div>
  );
}

interface RowProps {
  at: number;
  input: Input;
  onInput: (part: Partial<Input>) => void;
  onRemove: () => void;
}

function Row({ at, input, onInput, onRemove }: RowProps) {
  const problems = useProblems(`parameters[${at}]`);
  const of = `of input ${at + 1}`;
  const invalid = problems.length > 0 ? { "aria-invalid": "true" as const } : {};
  return (
    <div class="actions-input">
      <TextInput
        mono
        aria-label={`Name ${of}`}
        placeholder="order_id"
        value={input.name}
        {...invalid}
        onValue={(name) => onInput({ name })}
      />
      <Select
        aria-label={`Type ${of}`}
        value={input.type}
        options={TYPE_OPTIONS}
        onValue={(type) => onInput({ type })}
      />
      <TextInput
        class="what"
        aria-label={`Description ${of}`}
        placeholder="What it is, with an example"
        value={input.description}
        onValue={(description) => onInput({ description })}
      />
      <Checkbox
        label="Required"
        checked={input.required}
        onChecked={(required) => onInput({ required })}
      />
      <IconButton icon={X} label={`Remove input ${at + 1}`} tipSide="left" onClick={onRemove} />
      {problems.length > 0 && (
        <span class="problem" role="alert">
          <CircleAlert class="icon" size={14} />
          <span>{problems.join(" ")}</span>
        </span>
      )}
    </div>
  );
}
