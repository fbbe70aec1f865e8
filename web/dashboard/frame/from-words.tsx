/** A description in words, of which a model makes a draft. */
import { type Signal, useSignal } from "@preact/signals";
import { Sparkles } from "lucide-preact";
import type { ComponentChildren } from "preact";
import { Banner, Button, Field, Form, TextArea } from "#ui";
import { type ApiError, asApiError } from "../data/api.ts";

interface FromWordsProps {
  prompt: Signal<string>;
  label: string;
  hint: string;
  placeholder: string;
  /** Makes the draft and opens it; what is thrown is shown. */
  onMake: (prompt: string) => Promise<void>;
  /** What works without a model. */
  instead: ComponentChildren;
}

export function FromWords({ prompt, label, hint, placeholder, onMake, instead }: FromWordsProps) {
  const busy = useSignal(false);
  const error = useSignal<ApiError | undefined>(undefined);
  const refused = error.value;
  const submit = async () => {
    if (busy.peek()) return;
    busy.value = true;
    try {
      await onMake(prompt.peek());
    } catch (fault) {
      error.value = asApiError(fault);
    } finally {
      busy.value = false;
    }
  };
  const unavailable = refused?.code === "model_unavailable";
  return (
    <Form class="stack" onSubmit={submit} error={unavailable ? undefined : refused}>
      {unavailable && (
        <Banner kind="info">
          <div class="stack tight">
            <strong>Plain words need a model that can write definitions.</strong>
            <p>{refused.message}</p>
            {instead}
          </div>
        </Banner>
      )}
      <Field label={label} path="prompt" hint={hint}>
        <TextArea
          rows={4}
          placeholder={placeholder}
          value={prompt.value}
          onValue={(text) => {
            prompt.value = text;
          }}
        />
      </Field>
      <div class="row">
        <Button kind="primary" type="submit" icon={Sparkles} busy={busy.value}>
          {busy.value ? "Making a draft…" : "Make a draft"}
        </Button>
      </div>
    </Form>
  );
}
