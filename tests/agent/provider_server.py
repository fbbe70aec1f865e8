"""A server that speaks like OpenAI over real HTTP, and answers by script."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

KEY = "sk-live-0123456789abcdef"


@dataclass(frozen=True)
class Reply:
    """One answer.

    Attributes:
        hangs: Nothing follows the last piece.
        cut: The connection ends where the next piece would come.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    pieces: Iterable[bytes] = ()
    hangs: bool = False
    cut: bool = False


def words(text: str) -> Reply:
    """Return an answer of words, streamed."""
    return Reply(headers=EVENTS, pieces=[*begun(text), *_end("stop")])


def begun(text: str) -> list[bytes]:
    """Return the pieces of an answer of words, without its end."""
    return list(_deltas({"content": text}))


def calls(*wanted: tuple[str, object]) -> Reply:
    """Return an answer of calls; arguments that are text are sent as they are."""
    several = [
        {
            "index": index,
            "id": f"call-{index}",
            "type": "function",
            "function": {
                "name": tool,
                "arguments": given if isinstance(given, str) else json.dumps(given),
            },
        }
        for index, (tool, given) in enumerate(wanted)
    ]
    return Reply(headers=EVENTS, pieces=[*_deltas({"tool_calls": several}), *_end("tool_calls")])


def counted(reply: Reply, tokens_in: int, tokens_out: int) -> Reply:
    """Return an answer that ends with how many tokens it took, as OpenAI tells it."""
    usage = {"prompt_tokens": tokens_in, "completion_tokens": tokens_out}
    told = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
    total = {**usage, "total_tokens": tokens_in + tokens_out}
    *pieces, last = reply.pieces
    return Reply(
        headers=EVENTS, pieces=[*pieces, event({**told, "choices": [], "usage": total}), last]
    )


def refusal(status: int, message: str = "no", **headers: str) -> Reply:
    """Return a refusal in OpenAI's form."""
    body = json.dumps({"error": {"message": message, "type": "x", "code": None}}).encode()
    told = {"content-type": "application/json", **headers}
    return Reply(status=status, headers=told, pieces=[body])


EVENTS = {"content-type": "text/event-stream"}


def event(data: object) -> bytes:
    """Return one server-sent event."""
    text = data if isinstance(data, str) else json.dumps(data)
    return f"data: {text}\n\n".encode()


def _chunk(delta: object, finish: str | None) -> bytes:
    return event(
        {
            "id": "c",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "scripted",
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        }
    )


def _deltas(delta: dict[str, object]) -> Iterator[bytes]:
    yield _chunk({"role": "assistant"}, None)
    yield _chunk(delta, None)


def _end(reason: str) -> Iterator[bytes]:
    yield _chunk({}, reason)
    yield event("[DONE]")


@dataclass(frozen=True)
class Asked:
    """A request that came."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Provider:
    """Gives one reply after the other; the last one again and again.

    Attributes:
        left: Connections that ended before their answer was whole.
    """

    replies: list[Reply]
    asked: list[Asked] = field(default_factory=list)
    port: int = 0
    left: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                pairs = [line.partition(":") for line in head[1:] if line]
                headers = {name.lower(): value.strip() for name, _, value in pairs}
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                number = min(len(self.asked), len(self.replies) - 1)
                self.asked.append(Asked(head[0].split(" ")[1], headers, body))
                if not await _answer(self.replies[number], reader, writer):
                    self.left += 1
                    return
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


async def _answer(reply: Reply, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    lines = [f"HTTP/1.1 {reply.status} Scripted", "transfer-encoding: chunked"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in reply.headers.items()]
    if reply.pieces or not reply.hangs:
        writer.write("\r\n".join([*lines, "", ""]).encode())
    for piece in reply.pieces:
        writer.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        await writer.drain()
    if reply.hangs:
        await reader.read(1)  # until the other side goes away
        return False
    if reply.cut:
        return False
    writer.write(b"0\r\n\r\n")
    await writer.drain()
    return True


@asynccontextmanager
async def running_provider(*replies: Reply) -> AsyncIterator[Provider]:
    """Serve on loopback; no replies at all refuse every connection."""
    provider = Provider(list(replies))
    server = await asyncio.start_server(provider.serve, "127.0.0.1", 0)
    provider.port = server.sockets[0].getsockname()[1]
    if not replies:
        server.close()
        await server.wait_closed()
    try:
        yield provider
    finally:
        server.close()
