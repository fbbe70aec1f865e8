/** What no action can be made of, each with its reason; and the address, if that is what is missing. */
import { Banner, Button, Field, Form, TextInput } from "#ui";
import { type Found, fault, typed } from "./state.ts";
import { read } from "./work.ts";

export function Refusals({ found: { from, source, refused } }: { found: Found }) {
  if (refused.length === 0) return null;
  const homeless = refused.some((one) => one.error.includes("base URL"));
  return (
    <>
      <Banner kind="warn">
        <details class="import-refused" open={refused.length < 4}>
          <summary>
            {refused.length === 1
              ? "1 of them can be no action"
              : `${refused.length.toLocaleString()} of them can be no action`}
          </summary>
          <ul>
            {refused.map((one, index) => (
              <li key={index}>
                <code>{one.source}</code> {one.error}
              </li>
            ))}
          </ul>
        </details>
      </Banner>
      {homeless && (
        <Form
          class="import-address"
          error={fault.value}
          onSubmit={() => read(from, async () => source)}
        >
          <Field
            label="Address of the API"
            path="baseUrl"
            hint="Where the requests go; what the file calls its server."
          >
            <TextInput
              inputMode="url"
              placeholder="https://api.example.com"
              value={typed.baseUrl.value}
              onValue={(address) => {
                typed.baseUrl.value = address;
              }}
            />
          </Field>
          <Button type="submit">Read it again</Button>
        </Form>
      )}
    </>
  );
}
