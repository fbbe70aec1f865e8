/** CodeMirror as we use it. Only `code.tsx` loads this, and only when an editor is drawn. */
import { autocompletion, type Completion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import { json } from "@codemirror/lang-json";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
} from "@codemirror/language";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  placeholder as ghost,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

export interface CodeOptions {
  language?: "json" | "javascript" | "text" | undefined;
  readOnly?: boolean | undefined;
  /** One line: Enter does nothing, and there are no line numbers. */
  single?: boolean | undefined;
  placeholder?: string | undefined;
  /** Names `{{…}}` may hold: offered while typing; others are marked as unknown. */
  placeholders?: readonly string[] | undefined;
  labels?: { label: string | undefined; id: string | undefined };
  onValue?: (value: string) => void;
}

export interface CodeHandle {
  setValue(value: string): void;
  setPlaceholders(names: readonly string[]): void;
  destroy(): void;
}

const PLACEHOLDER = /\{\{\s*([^{}]*?)\s*\}\}/g;

// In a shadow root, because there CodeMirror's styles are sheets of the script's own, which the
// content security policy allows; in the page itself they would be style elements, which it does not.
export function mountCode(host: HTMLElement, value: string, options: CodeOptions): CodeHandle {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open", delegatesFocus: true });
  const names = new Compartment();
  let quiet = false;
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: value,
      extensions: [
        ...basics(options),
        names.of(placeholders(options.placeholders ?? [])),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !quiet) options.onValue?.(update.state.doc.toString());
        }),
      ],
    }),
  });
  return {
    setValue(next) {
      const now = view.state.doc.toString();
      if (now === next) return;
      quiet = true;
      view.dispatch({ changes: { from: 0, to: now.length, insert: next } });
      quiet = false;
    },
    setPlaceholders: (given) => view.dispatch({ effects: names.reconfigure(placeholders(given)) }),
    destroy: () => view.destroy(),
  };
}

function basics(options: CodeOptions): Extension[] {
  const { label, id } = options.labels ?? {};
  const described: Record<string, string> = label
    ? { "aria-label": label }
    : id
      ? { "aria-label": document.getElementById(`${id}-label`)?.textContent?.trim() ?? "" }
      : {};
  return [
    highlightSpecialChars(),
    history(),
    indentOnInput(),
    bracketMatching(),
    syntaxHighlighting(COLOURS),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of(described),
    keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
    LOOK,
    ...(options.single ? [ONE_LINE] : [lineNumbers()]),
    ...(options.language === "json" ? [json()] : []),
    ...(options.language === "javascript" ? [javascript()] : []),
    ...(options.placeholder ? [ghost(options.placeholder)] : []),
    ...(options.readOnly ? [EditorState.readOnly.of(true)] : []),
  ];
}

const ONE_LINE = EditorState.transactionFilter.of((change) =>
  change.newDoc.lines > 1 ? [] : change,
);

function placeholders(names: readonly string[]): Extension {
  const known = new Set(names);
  const marked = new MatchDecorator({
    regexp: PLACEHOLDER,
    decoration: ([, name = ""]) =>
      Decoration.mark({ class: known.has(name) ? "cm-known" : "cm-unknown" }),
  });
  const marks = ViewPlugin.define(
    (view) => ({
      marks: marked.createDeco(view),
      update(update) {
        this.marks = marked.updateDeco(update, this.marks);
      },
    }),
    { decorations: (plugin) => plugin.marks },
  );
  const offered: Completion[] = names.map((name) => ({
    label: name,
    apply: name,
    type: "variable",
  }));
  const completing = autocompletion({
    override: [
      (context) => {
        const before = context.matchBefore(/\{\{\s*[\w.-]*/);
        if (!before) return null;
        const from = before.from + (before.text.match(/^\{\{\s*/)?.[0].length ?? 2);
        const closed = /^\s*\}\}/.test(context.state.sliceDoc(context.pos, context.pos + 8));
        const options = closed
          ? offered
          : offered.map((one) => ({ ...one, apply: `${one.label}}}` }));
        return { from, options, validFor: /^[\w.-]*$/ };
      },
    ],
    icons: false,
  });
  return [marks, completing];
}

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null], color: "light-dark(#8250df, #c4a7ff)" },
  { tag: [tags.string, tags.special(tags.string)], color: "light-dark(#0a6640, #7fd6a4)" },
  { tag: tags.number, color: "light-dark(#9a4a00, #f2b676)" },
  {
    tag: [tags.propertyName, tags.definition(tags.propertyName)],
    color: "light-dark(#0b5394, #83bdf5)",
  },
  { tag: tags.comment, color: "var(--text-faint)", fontStyle: "italic" },
  { tag: tags.invalid, color: "var(--red)" },
]);

const LOOK = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "transparent", fontSize: "13px" },
  "&.cm-focused": { outline: "none" },
  ".cm-content": {
    fontFamily: "var(--mono)",
    lineHeight: "20px",
    padding: "8px 0",
    caretColor: "var(--accent-text)",
  },
  ".cm-line": { padding: "0 10px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--text-faint)", border: "none" },
  ".cm-placeholder": { color: "var(--text-faint)" },
  ".cm-known": {
    color: "var(--accent-text)",
    backgroundColor: "var(--accent-soft)",
    borderRadius: "3px",
  },
  ".cm-unknown": {
    color: "var(--amber)",
    backgroundColor: "var(--amber-soft)",
    borderRadius: "3px",
  },
  ".cm-tooltip": {
    border: "1px solid var(--line)",
    borderRadius: "7px",
    backgroundColor: "var(--raised)",
    boxShadow: "var(--shadow-l)",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "4px 10px" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    background: "var(--accent)",
    color: "var(--on-accent)",
  },
  ".cm-matchingBracket": { backgroundColor: "var(--pressed) !important" },
});
