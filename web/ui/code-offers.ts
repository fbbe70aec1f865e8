/** What the code editor offers while somebody types, and what it makes of what stands there. */
import { autocompletion, type Completion, type CompletionSource } from "@codemirror/autocomplete";
import { type Extension, Prec, type Range } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

/** A stretch of the text that is shown in its colour, with a sentence where it is pointed at. */
export interface Mark {
  from: number;
  to: number;
  kind: "known" | "doubt" | "wrong";
  says?: string | undefined;
}

export interface Offer {
  name: string;
  detail: string;
}

/** How `{{…}}` is written: what is offered while typing, and what is made of what stands there. */
export interface Placeholders {
  offers: readonly Offer[];
  filters: readonly Offer[];
  marks: (text: string) => readonly Mark[];
}

/** What objects in reach of the code hold, by their names: `params.`. */
export type Members = Readonly<Record<string, readonly Offer[]>>;

/** A line that is at fault, with why. */
export interface LineFault {
  line: number;
  says: string;
}

export function placeholders(given: Placeholders | undefined): Extension {
  if (!given) return [];
  const marks = EditorView.decorations.compute(["doc"], ({ doc }) =>
    Decoration.set(
      given
        .marks(doc.toString())
        .filter(({ from, to }) => from < to)
        .map(decorated),
    ),
  );
  // Inside of what the language colours, so that their own colour is seen.
  return [Prec.highest(marks), offering(completing(given))];
}

export function members(given: Members | undefined): Extension {
  return given ? offering(completingMembers(given)) : [];
}

export function fault(given: LineFault | undefined): Extension {
  if (!given) return [];
  const attributes = { title: given.says };
  return EditorView.decorations.compute(["doc"], ({ doc }) =>
    // What is typed meanwhile may have taken the line away.
    given.line > doc.lines
      ? Decoration.none
      : Decoration.set(
          Decoration.line({ class: "cm-fault", attributes }).range(doc.line(given.line).from),
        ),
  );
}

function offering(source: CompletionSource): Extension {
  return autocompletion({ override: [source], icons: false });
}

function decorated({ from, to, kind, says }: Mark): Range<Decoration> {
  const attributes = says ? { title: says } : {};
  return Decoration.mark({ class: `cm-${kind}`, attributes }).range(from, to);
}

function completing({ offers, filters }: Placeholders): CompletionSource {
  return (context) => {
    const before = context.matchBefore(/\{\{[^{}\n]*/);
    const [, opening = "", typed = ""] =
      before?.text.match(/^(\{\{[^|]*\|[ \t]*|\{\{[ \t]*)([\w.-]*)$/) ?? [];
    if (!before || !opening) return null;
    const closed = /^[ \t]*\}\}/.test(context.state.sliceDoc(context.pos, context.pos + 8));
    const options = (opening.includes("|") ? filters : offers).map((one) => ({
      ...completion(one),
      apply: closed ? one.name : `${one.name}}}`,
    }));
    return { from: context.pos - typed.length, options, validFor: /^[\w.-]*$/ };
  };
}

function completingMembers(given: Members): CompletionSource {
  return (context) => {
    const before = context.matchBefore(/[\w$.]+\??\.[\w$]*/);
    const [, object = "", typed = ""] = before?.text.match(/^(\w+)\??\.([\w$]*)$/) ?? [];
    const known = Object.hasOwn(given, object) ? given[object] : undefined;
    if (!known) return null;
    const options = known.map(completion);
    return { from: context.pos - typed.length, options, validFor: /^[\w$]*$/ };
  };
}

function completion({ name, detail }: Offer): Completion {
  return { label: name, detail, type: "variable" };
}
