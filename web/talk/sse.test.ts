import { expect, test } from "vitest";
import { type Message, messagesIn } from "./sse.ts";

const TEXT =
  ': still here\n\nid: 7\nevent: run.changed\ndata: {"a":\ndata: 1}\n\ndata: ä €\r\n\r\n: end\n\n';

/** The text in pieces of so many bytes, characters cut in two included. */
function pieces(size: number): Response {
  const bytes = new TextEncoder().encode(TEXT);
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size)
        controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
  return new Response(stream);
}

test.each([
  1, 2, 3, 7, 1_000,
])("messages are whole, however they arrive (%i bytes at a time)", async (size) => {
  const found: Message[] = [];
  for await (const message of messagesIn(pieces(size))) found.push(message);

  expect(found).toEqual([
    { id: "7", event: "run.changed", data: '{"a":\n1}' },
    { id: undefined, event: "message", data: "ä €" },
  ]);
});
