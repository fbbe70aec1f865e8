import { type Signal, useComputed, useSignal } from "@preact/signals";
import { CircleAlert } from "lucide-preact";
import { type ComponentChildren, createContext, type FormHTMLAttributes } from "preact";
import { useContext, useEffect, useId, useRef } from "preact/hooks";
import { type Problem, problemsAt, unclaimed } from "./problems.ts";
import { Banner } from "./states.tsx";

interface FormState {
  problems: Signal<readonly Problem[]>;
  claim(path: string): () => void;
}

const FormContext = createContext<FormState | undefined>(undefined);

interface FormProps extends Omit<FormHTMLAttributes<HTMLFormElement>, "onSubmit"> {
  /** The refusal being shown: its `details` land on the fields they name, the rest on top. */
  error?: { message: string; details: readonly Problem[] } | undefined;
  onSubmit: () => void;
  children: ComponentChildren;
}

/** A form; the first field with a problem gets the focus when a refusal arrives. */
export function Form({ error, onSubmit, children, ...rest }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const problems = useSignal<readonly Problem[]>([]);
  const fields = useSignal<readonly string[]>([]);
  problems.value = error?.details ?? [];
  const left = useComputed(() => unclaimed(problems.value, fields.value));
  const state = useRef<FormState>({
    problems,
    claim(path) {
      fields.value = [...fields.peek(), path];
      return () => {
        const at = fields.peek().indexOf(path);
        fields.value = fields.peek().filter((_, index) => index !== at);
      };
    },
  });
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [error]);
  const general = error && (error.details.length === 0 || left.value.length > 0);
  const sentences = left.value.length > 0 ? left.value.map((one) => one.message) : [error?.message];
  return (
    <FormContext.Provider value={state.current}>
      <form
        noValidate
        {...rest}
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        {general && (
          <Banner kind="bad">
            {sentences.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </Banner>
        )}
        {children}
      </form>
    </FormContext.Provider>
  );
}

/** What a control inside a field needs to be labelled and described. */
export interface Wiring {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": "true" | undefined;
}

const FieldContext = createContext<Wiring | undefined>(undefined);

/** The wiring of the field around a control; empty outside of one. */
export function useWiring(): Partial<Wiring> {
  return useContext(FieldContext) ?? {};
}

interface FieldProps {
  label: ComponentChildren;
  hint?: ComponentChildren;
  /** Where the server's `details` name this field: `handler.url`. */
  path?: string | undefined;
  /** A problem found here rather than by the server. */
  problem?: string | undefined;
  optional?: boolean | undefined;
  children: ComponentChildren;
}

/** A label, a control, a hint, and what is wrong with it. */
export function Field({ label, hint, path, problem, optional, children }: FieldProps) {
  const id = useId();
  const told = useProblems(path);
  const sentences = problem ? [problem, ...told] : told;
  const described = [hint ? `${id}-hint` : "", sentences.length ? `${id}-problem` : ""];
  const wiring: Wiring = {
    id,
    "aria-describedby": described.join(" ").trim() || undefined,
    "aria-invalid": sentences.length ? "true" : undefined,
  };
  return (
    <div class="field">
      <label class="label" for={id} id={`${id}-label`}>
        {label} {optional && <span class="optional">optional</span>}
      </label>
      <FieldContext.Provider value={wiring}>{children}</FieldContext.Provider>
      {hint && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {sentences.length > 0 && (
        <span class="problem" id={`${id}-problem`} role="alert">
          <CircleAlert class="icon" size={14} />
          <span>{sentences.join(" ")}</span>
        </span>
      )}
    </div>
  );
}

/** The sentences of the form's refusal that belong to a path. */
export function useProblems(path: string | undefined): string[] {
  const form = useContext(FormContext);
  useEffect(() => (path && form ? form.claim(path) : undefined), [path, form]);
  if (!form || !path) return [];
  return problemsAt(form.problems.value, path).map((one) => one.message);
}

interface FieldSetProps {
  legend: ComponentChildren;
  hint?: ComponentChildren;
  path?: string | undefined;
  children: ComponentChildren;
}

/** Several controls under one label: a row of checkboxes. */
export function FieldSet({ legend, hint, path, children }: FieldSetProps) {
  const sentences = useProblems(path);
  return (
    <fieldset class="field field-set" aria-invalid={sentences.length ? "true" : undefined}>
      <legend>{legend}</legend>
      {hint && <span class="hint">{hint}</span>}
      <div class="stack tight">{children}</div>
      {sentences.length > 0 && (
        <span class="problem" role="alert">
          <CircleAlert class="icon" size={14} />
          <span>{sentences.join(" ")}</span>
        </span>
      )}
    </fieldset>
  );
}
