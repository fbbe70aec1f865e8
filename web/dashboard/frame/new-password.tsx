/** A new password, typed twice. */
import type { Signal } from "@preact/signals";
import { Field, TextInput } from "#ui";

interface NewPasswordProps {
  password: Signal<string>;
  again: Signal<string>;
  /** What is wrong with the second. */
  problem: string | undefined;
}

export function NewPassword({ password, again, problem }: NewPasswordProps) {
  return (
    <>
      <Field
        label="New password"
        path="password"
        hint="12 characters or more; a few words in a row do."
      >
        <TextInput
          type="password"
          autocomplete="new-password"
          value={password.value}
          onValue={(text) => {
            password.value = text;
          }}
        />
      </Field>
      <Field label="The same again" problem={problem}>
        <TextInput
          type="password"
          autocomplete="new-password"
          value={again.value}
          onValue={(text) => {
            again.value = text;
          }}
        />
      </Field>
    </>
  );
}

/** What is wrong with the second one, if anything is. */
export function problemOf(password: string, again: string): string | undefined {
  return password === again ? undefined : "The two are not the same.";
}
