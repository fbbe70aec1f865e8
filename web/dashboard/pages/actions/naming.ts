/** How the server spells a name, told while it is typed; the server has the last word. */
const LIMIT = 60;

/** The name a model sees: `getHTTPStatus` becomes `get_http_status`; empty if nothing is left. */
export function toolName(text: string): string {
  let ascii = "";
  for (const sign of text.normalize("NFKD")) if (sign.charCodeAt(0) < 128) ascii += sign;
  if (!/^[A-Z0-9]+(?:_[A-Z0-9]+)*$/.test(ascii)) {
    ascii = ascii.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "_");
  }
  return ascii
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
}

/** What is wrong with a name already, before anybody asks the server. */
export function nameProblem(text: string): string | undefined {
  if (!text.trim()) return undefined;
  const name = toolName(text);
  if (!name) return "A name needs letters or digits: get_order_status.";
  if (name.length > LIMIT) return `This is ${name.length} characters long; ${LIMIT} is the limit.`;
  return undefined;
}
