import { expect, test, vi } from "vitest";
import { resource } from "./resource.ts";

test("it is loaded when first watched, and what was there stays when a reload fails", async () => {
  const load = vi.fn(async () => ["a"]);
  const names = resource({ load });
  expect(names.value.value).toBeUndefined();

  names.watch();
  await vi.waitFor(() => expect(names.value.value).toEqual(["a"]));
  load.mockRejectedValueOnce(new Error("gone"));
  await names.refresh();

  expect(names.value.value).toEqual(["a"]);
  expect(names.error.value?.message).toBe("gone");
});

test("a refresh during a request asks once more, however often it is wanted", async () => {
  let answer = (_: number) => {};
  const load = vi.fn(() => new Promise<number>((resolve) => (answer = resolve)));
  const number = resource({ load });

  const done = number.refresh();
  number.refresh();
  number.refresh();
  answer(1);
  await vi.waitFor(() => expect(load).toHaveBeenCalledTimes(2));
  answer(2);
  await done;

  expect(load).toHaveBeenCalledTimes(2);
  expect(number.value.value).toBe(2);
});

test("a change is shown before the server knows of it", async () => {
  const names = resource({ load: async () => ["a", "b"] });
  await names.refresh();

  names.change((all) => all.filter((one) => one !== "a"));

  expect(names.value.value).toEqual(["b"]);
});
