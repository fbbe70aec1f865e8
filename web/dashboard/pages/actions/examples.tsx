/** Examples of an action: a question, and the inputs that answer it. They are saved with it. */
import { BookmarkPlus, CornerDownLeft, X } from "lucide-preact";
import { Button, IconButton, TextInput, told } from "#ui";
import { sameJson } from "../../data/json.ts";
import type { Example } from "./draft.ts";
import { typedOf } from "./inputs.ts";

interface ExamplesProps {
  examples: readonly Example[];
  /** The inputs as they stand in the form. */
  present: Readonly<Record<string, unknown>>;
  onExamples: (examples: readonly Example[]) => void;
  onUse: (typed: Readonly<Record<string, string>>) => void;
}

export function Examples({ examples, present, onExamples, onUse }: ExamplesProps) {
  const there = examples.some((one) => sameJson(one.params ?? {}, present));
  const keep = () => {
    onExamples([...examples, { question: "", params: present as Example["params"] & object }]);
    told("These inputs are an example now. It is stored when you save the action.");
  };
  return (
    <div class="stack tight">
      {examples.length > 0 && (
        <ul class="actions-examples" aria-label="Examples">
          {examples.map((one, index) => (
            <li key={index}>
              <TextInput
                aria-label={`Question of example ${index + 1}`}
                placeholder="What somebody would ask"
                value={one.question ?? ""}
                onValue={(question) =>
                  onExamples(
                    examples.map((each, at) => (at === index ? { ...each, question } : each)),
                  )
                }
              />
              <IconButton
                icon={CornerDownLeft}
                label={`Use example ${index + 1}`}
                tipSide="left"
                onClick={() => onUse(typedOf(one.params ?? {}))}
              />
              <IconButton
                icon={X}
                label={`Remove example ${index + 1}`}
                tipSide="left"
                onClick={() => onExamples(examples.filter((_, at) => at !== index))}
              />
              <code class="small soft clip">{summary(one.params ?? {})}</code>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button size="small" icon={BookmarkPlus} disabled={there} onClick={keep}>
          {there ? "These inputs are an example" : "Keep these inputs as an example"}
        </Button>
      </div>
    </div>
  );
}

function summary(params: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(typedOf(params)).map(([name, text]) => `${name}: ${text}`);
  return parts.join(", ") || "no inputs";
}
