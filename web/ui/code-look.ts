/** The colours and measures of the code editor; loaded with it. */
import { HighlightStyle } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const COLOURS = HighlightStyle.define([
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

export const LOOK = EditorView.theme({
  "&": { color: "var(--text)", backgroundColor: "transparent", fontSize: "13px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "20px" },
  ".cm-content": {
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
  ".cm-doubt": {
    color: "var(--amber)",
    backgroundColor: "var(--amber-soft)",
    borderRadius: "3px",
  },
  ".cm-wrong": {
    color: "var(--red)",
    textDecoration: "underline wavy var(--red)",
    textUnderlineOffset: "3px",
  },
  ".cm-fault": {
    backgroundColor: "var(--red-soft)",
    boxShadow: "inset 3px 0 var(--red)",
  },
  ".cm-completionDetail": { color: "var(--text-faint)", fontStyle: "normal" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
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
