import { expect, test } from "vitest";
import { type Draft, merge, patchOf } from "./draft.ts";

const BASE: Draft = {
  title: "Shop",
  enabled: true,
  instructions: "Be brief.",
  model: "",
  actions: ["get_order_status"],
  greeting: "",
  suggestedQuestions: "",
  allowedOrigins: "",
  allowPageContext: false,
  embed: {},
};

test("only what was changed is sent, lists without their empty lines", () => {
  const after = { ...BASE, suggestedQuestions: "Where is my order?\n\n  Who are you? \n" };

  expect(patchOf(BASE, after)).toEqual({
    suggestedQuestions: ["Where is my order?", "Who are you?"],
  });
});

test("edits of different fields both stay", () => {
  const ours = { ...BASE, greeting: "Hello" };
  const theirs = { ...BASE, instructions: "Be kind." };

  expect(merge(BASE, ours, theirs)).toEqual({
    draft: { ...BASE, greeting: "Hello", instructions: "Be kind." },
    conflicts: [],
  });
});

test("two edits of one field are a question, and ours stands until it is answered", () => {
  const ours = { ...BASE, actions: "all" as const };
  const theirs = { ...BASE, actions: [] };

  expect(merge(BASE, ours, theirs)).toEqual({ draft: ours, conflicts: ["actions"] });
});

test("empty lines in a list are no edit of it", () => {
  const theirs = { ...BASE, suggestedQuestions: "One?\nTwo?" };
  const ours = { ...BASE, suggestedQuestions: "One?\n\nTwo?\n" };

  expect(merge(BASE, ours, theirs).conflicts).toEqual([]);
});

test("the same edit twice is none", () => {
  const edit = { ...BASE, title: "Store" };

  expect(merge(BASE, edit, edit)).toEqual({ draft: edit, conflicts: [] });
});
