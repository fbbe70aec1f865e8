// Shows /openapi.json: one collapsible row an operation, schemas resolved one level at a time.
"use strict";

const operations = document.getElementById("operations");
const about = document.getElementById("about");

function element(tag, text, className) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function resolved(schema, document, seen = []) {
  if (Array.isArray(schema)) return schema.map((one) => resolved(one, document, seen));
  if (schema === null || typeof schema !== "object") return schema;
  const reference = schema.$ref;
  if (typeof reference === "string") {
    const name = reference.split("/").pop();
    if (seen.includes(name)) return name;
    return resolved(document.components.schemas[name], document, [...seen, name]);
  }
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => [key, resolved(value, document, seen)]),
  );
}

function block(title, value) {
  const part = element("section");
  part.append(element("h3", title), element("pre", JSON.stringify(value, null, 2)));
  return part;
}

function fill(details, operation, document) {
  for (const parameter of operation.parameters ?? []) {
    details.append(block(`${parameter.in} ${parameter.name}`, parameter.schema));
  }
  const body = operation.requestBody?.content["application/json"];
  if (body) details.append(block("Body", resolved(body.schema, document)));
  for (const [status, response] of Object.entries(operation.responses)) {
    const content = Object.values(response.content ?? {})[0];
    details.append(
      status === "200" && content
        ? block("200", resolved(content.schema, document))
        : element("p", `${status}: ${response.description}`),
    );
  }
}

function row(path, method, operation, document) {
  const details = element("details");
  const summary = element("summary");
  summary.append(
    element("b", method.toUpperCase(), `method ${method}`),
    element("code", path),
    element("span", operation.summary),
    element("small", operation["x-scope"] ?? "open"),
  );
  details.append(summary);
  details.addEventListener("toggle", () => fill(details, operation, document), { once: true });
  return details;
}

function show(document) {
  about.textContent = document.info.description;
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      operations.append(row(path, method, operation, document));
    }
  }
}

document.getElementById("find").addEventListener("input", (event) => {
  const wanted = event.target.value.toLowerCase();
  for (const details of operations.children) {
    const text = details.firstChild.textContent.toLowerCase();
    details.hidden = !text.includes(wanted);
  }
});

fetch("/openapi.json")
  .then((response) => (response.ok ? response.json() : Promise.reject(response.status)))
  .then(show)
  .catch((fault) => {
    about.textContent = `openapi.json cannot be read (${fault}).`;
  });
