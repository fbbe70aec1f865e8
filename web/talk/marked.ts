/** Markdown of an agent as safe elements; loaded with the first answer. */
import DOMPurify from "dompurify";
import { Marked } from "marked";

// No pictures and no styles: an answer may be led by what a page or an API said, and fetching
// anything would tell its owner about the reader.
const ALLOWED = {
  ALLOWED_TAGS: [
    ..."a b blockquote br code del em h1 h2 h3 h4 h5 h6 hr i li ol p pre".split(" "),
    ..."s strong table tbody td th thead tr ul".split(" "),
  ],
  ALLOWED_ATTR: ["href", "start", "title"],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto|tel):/i,
  RETURN_DOM_FRAGMENT: true as const,
};

// HTML in an answer is shown as it is written.
const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text }) =>
      text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  },
});

export function elementsOf(text: string): DocumentFragment {
  const html = marked.parse(text, { async: false });
  const made = DOMPurify.sanitize(html, ALLOWED);
  for (const link of made.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer nofollow";
  }
  return made;
}
