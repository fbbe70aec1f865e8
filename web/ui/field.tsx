import { type Signal, useComputed, useSignal } from "@preact/signals";
import { CircleAlert, TriangleAlert } from "lucide-preact";
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

// A code editor is invalid inside of its shadow root; its host says so, and hands the focus on.
const INVALID = "[aria-invalid=true], [data-invalid=true]";

function firstInvalid(form: HTMLFormElement | null): HTMLElement | null | undefined {
  const first = form?.querySelector<HTMLElement>(INVALID);
  const several = first instanceof HTMLFieldSetElement;
  return several ? first.querySelector<HTMLElement>("input, select, textarea, button") : first;
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
    if (error) firstInvalid(form.current)?.focus();
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
  /** What may surprise, and does not hinder. */
  warning?: string | undefined;
  optional?: boolean | undefined;
  /** The label is only read out. */
  bare?: boolean | undefined;
  children: ComponentChildren;
}

/** A label, a control, a hint, and what is wrong with it. */
export function Field(props: FieldProps) {
  const { label, hint, path, problem, warning, optional, bare, children } = props;
  const id = useId();
  const told = useProblems(path);
  // What is seen here is about what is typed now; the server has only judged it then.
  const sentences = problem ? [problem] : told;
  const described = [
    hint ? `${id}-hint` : "",
    sentences.length ? `${id}-problem` : "",
    warning ? `${id}-warning` : "",
  ];
  const wiring: Wiring = {
    id,
    "aria-describedby": described.filter(Boolean).join(" ") || undefined,
    "aria-invalid": sentences.length ? "true" : undefined,
  };
  return (
    <div class="field">
      <label class={bare ? "unseen" : "label"} for={id} id={`${id}-label`}>
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
      {warning && (
        <span class="warning" id={`${id}-warning`} role="status">
          <TriangleAlert class="icon" size={14} />
          <span>{warning}</span>
        </span>
      )}
    </div>
  );
}

/** The sentences of the form's refusal that belong to a path. */
export function useProblems(path: string | undefined): string[] {
  return useRefused(path).map((one) => one.message);
}

/** The same with their places; another refusal has other objects, also where it says the same. */
export function useRefused(path: string | undefined): Problem[] {
  const form = useContext(FormContext);
  useEffect(() => (path && form ? form.claim(path) : undefined), [path, form]);
  return form && path ? problemsAt(form.problems.value, path) : [];
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
