import { Search } from "lucide-preact";
import type {
  ComponentChildren,
  InputHTMLAttributes,
  SelectHTMLAttributes,
  TextareaHTMLAttributes,
} from "preact";
import { useId } from "preact/hooks";
import { useWiring } from "./field.tsx";

type Controlled<Native> = Omit<Native, "value" | "onInput" | "onChange" | "size"> & {
  value: string;
  onValue: (value: string) => void;
  mono?: boolean | undefined;
};

function classes(mono: boolean | undefined, given: unknown): string {
  return ["input", mono ? "mono" : "", typeof given === "string" ? given : ""].join(" ");
}

export function TextInput(props: Controlled<InputHTMLAttributes<HTMLInputElement>>) {
  const { value, onValue, mono, ...rest } = props;
  return (
    <input
      type="text"
      autocomplete="off"
      spellcheck={false}
      {...useWiring()}
      {...(rest as object)}
      class={classes(mono, rest.class)}
      value={value}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  );
}

export function SearchInput(props: Controlled<InputHTMLAttributes<HTMLInputElement>>) {
  return (
    <div class="search grow">
      <Search class="icon" size={16} />
      <TextInput type="search" {...props} />
    </div>
  );
}

export function TextArea(props: Controlled<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const { value, onValue, mono, ...rest } = props;
  return (
    <textarea
      spellcheck={!mono}
      {...useWiring()}
      {...rest}
      class={classes(mono, rest.class)}
      value={value}
      onInput={(event) => onValue(event.currentTarget.value)}
    />
  );
}

export interface Option<Value extends string = string> {
  value: Value;
  label: string;
}

type SelectProps<Value extends string> = Omit<
  SelectHTMLAttributes<HTMLSelectElement>,
  "value" | "onChange" | "onInput" | "size"
> & {
  value: Value;
  options: readonly Option<Value>[];
  onValue: (value: Value) => void;
};

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { value, options, onValue, ...rest } = props;
  return (
    <select
      {...useWiring()}
      {...(rest as object)}
      class={classes(false, rest.class)}
      value={value}
      onChange={(event) => {
        const chosen = options.find((one) => one.value === event.currentTarget.value);
        if (chosen) onValue(chosen.value);
      }}
    >
      {options.map((one) => (
        <option key={one.value} value={one.value}>
          {one.label}
        </option>
      ))}
    </select>
  );
}

interface CheckProps {
  checked: boolean;
  onChecked: (checked: boolean) => void;
  label: ComponentChildren;
  hint?: ComponentChildren;
  disabled?: boolean | undefined;
}

export function Checkbox({ checked, onChecked, label, hint, disabled }: CheckProps) {
  const id = useId();
  return (
    <label class="check">
      <input
        type="checkbox"
        aria-labelledby={`${id}-label`}
        aria-describedby={hint ? `${id}-hint` : undefined}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChecked(event.currentTarget.checked)}
      />
      <span>
        <span id={`${id}-label`}>{label}</span>
        {hint && (
          <span class="hint" id={`${id}-hint`}>
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}

interface SwitchProps {
  checked: boolean;
  onChecked: (checked: boolean) => void;
  /** Read out; shown too unless `bare`. */
  label: string;
  bare?: boolean | undefined;
  disabled?: boolean | undefined;
}

/** On or off, at once: for what is saved with a form, a Checkbox. */
export function Switch({ checked, onChecked, label, bare, disabled }: SwitchProps) {
  return (
    <button
      type="button"
      class="switch"
      role="switch"
      aria-checked={checked}
      aria-label={bare ? label : undefined}
      disabled={disabled}
      onClick={(event) => {
        event.stopPropagation();
        onChecked(!checked);
      }}
    >
      <span class="track" />
      {!bare && label}
    </button>
  );
}
