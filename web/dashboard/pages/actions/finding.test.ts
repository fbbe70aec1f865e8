import { expect, test } from "vitest";
import type { Action } from "./draft.ts";
import { found, typesOf } from "./finding.ts";

function action(name: string, fields: object = {}): Action {
  return {
    name,
    description: "",
    handler: { type: "http", url: "https://api.example.com" },
    executionMode: "confirm",
    enabled: true,
    ...fields,
  } as unknown as Action;
}

const ALL = [
  action("GET_ORDER", { description: "Tells where an order is.", executionMode: "auto" }),
  action("RETURN_ORDER", { similes: ["send it back"], enabled: false }),
  action("SHOW_MAP", { handler: { type: "widget" } }),
];

test.each([
  ["", ["GET_ORDER", "RETURN_ORDER", "SHOW_MAP"]],
  ["q=order", ["GET_ORDER", "RETURN_ORDER"]],
  ["q=get+order", ["GET_ORDER"]],
  ["q=get_order", ["GET_ORDER"]],
  ["q=BACK+send", ["RETURN_ORDER"]],
  ["q=where+nothing", []],
  ["type=widget", ["SHOW_MAP"]],
  ["mode=auto", ["GET_ORDER"]],
  ["state=off", ["RETURN_ORDER"]],
  ["state=on&q=order", ["GET_ORDER"]],
])("%s finds %j", (query, names) => {
  expect(found(ALL, new URLSearchParams(query)).map((one) => one.name)).toEqual(names);
});

test("only types that are there can be picked", () => {
  expect(typesOf(ALL).map((one) => one.value)).toEqual(["", "http", "widget"]);
});
