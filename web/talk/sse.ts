/** Server-sent events out of a response, for GET and POST alike. */

export interface Message {
  id: string | undefined;
  event: string;
  data: string;
}

/** Yield messages as they arrive; comments keep the connection alive and are not told. */
export async function* messagesIn(response: Response): AsyncGenerator<Message> {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = `${rest}${value}`.replaceAll("\r\n", "\n").split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        const message = messageOf(block);
        if (message) yield message;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function messageOf(block: string): Message | undefined {
  const data: string[] = [];
  let id: string | undefined;
  let event = "message";
  for (const line of block.split("\n")) {
    const [, name, value = ""] = /^([^:]+):? ?(.*)$/.exec(line) ?? [];
    if (name === "data") data.push(value);
    if (name === "event") event = value;
    if (name === "id") id = value;
  }
  return data.length > 0 ? { id, event, data: data.join("\n") } : undefined;
}
