"""A server that speaks like OpenAI's and says what a test wrote down."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Step = str | tuple[str, dict[str, object]]


@dataclass
class Speaker:
    """Where it listens, and what it was sent."""

    url: str
    requests: list[str] = field(default_factory=list)


@contextmanager
def speaking_server(steps: Sequence[Step]) -> Iterator[Speaker]:
    """Answer one request after the other with these words or calls."""
    speaker = Speaker("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            speaker.requests.append(body)
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            for chunk in _chunks(steps[len(speaker.requests) - 1]):
                self.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
            self.wfile.write(b"data: [DONE]\n\n")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    speaker.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield speaker
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _chunks(step: Step) -> Iterator[dict[str, object]]:
    if isinstance(step, str):
        yield _chunk({"role": "assistant", "content": step}, None)
        yield _chunk({}, "stop")
        return
    tool, arguments = step
    call = {
        "index": 0,
        "id": "call_1",
        "type": "function",
        "function": {"name": tool, "arguments": json.dumps(arguments)},
    }
    yield _chunk({"role": "assistant", "tool_calls": [call]}, None)
    yield _chunk({}, "tool_calls")


def _chunk(delta: dict[str, object], finish: str | None) -> dict[str, object]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "any",
        "choices": [choice],
    }
