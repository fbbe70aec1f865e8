/** CodeMirror as we use it. Only `code.tsx` loads this, and only when an editor is drawn. */
import { completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  EditorView,
  placeholder as ghost,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { COLOURS, LOOK } from "./code-look.ts";
import {
  fault,
  type LineFault,
  type Members,
  members,
  type Placeholders,
  placeholders,
} from "./code-offers.ts";

export interface CodeOptions {
  language?: "json" | "javascript" | "text" | undefined;
  readOnly?: boolean | undefined;
  /** One line: Enter does nothing, and there are no line numbers. */
  single?: boolean | undefined;
  placeholder?: string | undefined;
  /** Without them braces are nothing special. */
  placeholders?: Placeholders | undefined;
  /** For JavaScript: what is offered behind the names of objects. */
  members?: Members | undefined;
  /** A line that is at fault. */
  fault?: LineFault | undefined;
  onValue?: (value: string) => void;
}

export interface Description {
  label: string;
  /** Read out after the label: hint, problems. */
  about: string;
  invalid: boolean;
}

/** What may change while somebody types. */
export type CodeAids = Pick<CodeOptions, "placeholders" | "members" | "fault">;

export interface CodeHandle {
  setValue(value: string): void;
  setAids(given: CodeAids): void;
  describe(description: Description): void;
  destroy(): void;
}

// In a shadow root, because there CodeMirror's styles are sheets of the script's own, which the
// content security policy allows; in the page itself they would be style elements, which it does not.
export function mountCode(host: HTMLElement, value: string, options: CodeOptions): CodeHandle {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const aids = new Compartment();
  const attributes = new Compartment();
  // Nothing outside of a shadow root can be named by what is inside.
  const about = document.createElement("div");
  about.id = "about";
  about.hidden = true;
  root.append(about);
  let said = "";
  let quiet = false;
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: value,
      extensions: [
        ...basics(options),
        aids.of(aiding(options)),
        attributes.of([]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !quiet) options.onValue?.(update.state.doc.toString());
        }),
      ],
    }),
  });
  // What takes the focus is inside, and is not the first that could.
  host.focus = () => view.focus();
  return {
    setValue(next) {
      const now = view.state.doc.toString();
      if (now === next) return;
      quiet = true;
      view.dispatch({ changes: { from: 0, to: now.length, insert: next } });
      quiet = false;
    },
    setAids: (given) => view.dispatch({ effects: aids.reconfigure(aiding(given)) }),
    describe(told) {
      about.textContent = told.about;
      const now = `${told.label} ${told.invalid}`;
      if (now === said) return;
      said = now;
      const next = EditorView.contentAttributes.of({
        "aria-label": told.label,
        "aria-describedby": about.id,
        ...(told.invalid ? { "aria-invalid": "true" } : {}),
      });
      view.dispatch({ effects: attributes.reconfigure(next) });
    },
    destroy() {
      view.destroy();
      about.remove();
    },
  };
}

function basics(options: CodeOptions): Extension[] {
  return [
    highlightSpecialChars(),
    history(),
    indentOnInput(),
    bracketMatching(),
    syntaxHighlighting(COLOURS),
    EditorView.lineWrapping,
    keymap.of([...completionKeymap, ...OURS, ...historyKeymap]),
    // CodeMirror lets the Tab after an Escape through, so nobody is caught in here.
    ...(options.single || options.readOnly ? [] : [keymap.of([indentWithTab])]),
    ...(options.single ? [EditorView.contentAttributes.of({ "aria-multiline": "false" })] : []),
    LOOK,
    ...(options.single ? [ONE_LINE] : [lineNumbers()]),
    ...(options.language === "json" ? [json()] : []),
    ...(options.language === "javascript" ? [javascript()] : []),
    ...(options.placeholder ? [ghost(options.placeholder)] : []),
    ...(options.readOnly ? [EditorState.readOnly.of(true)] : []),
  ];
}

// Mod-Enter is the page's, as in a form.
const OURS = defaultKeymap.filter((one) => one.key !== "Mod-Enter");

const ONE_LINE = EditorState.transactionFilter.of((change) =>
  change.newDoc.lines > 1 ? [] : change,
);

function aiding(given: CodeAids): Extension {
  return [placeholders(given.placeholders), members(given.members), fault(given.fault)];
}
