"""``/api/events``: what changes, as it changes (server-sent events)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from deftly.domain.event import Event
from deftly.errors import InvalidRequest, StoreUnavailable
from deftly.rest.ask import Ask, Asked
from deftly.store.changes import Lagged
from deftly.values import dump_json

MEDIA_TYPE: Final = "text/event-stream"
HEARTBEAT_S: Final = 15.0
_HEARTBEAT: Final = b": still here\n\n"
_RESET: Final = b"event: reset\ndata: {}\n\n"


async def stream_events(ask: Asked) -> Response:
    """Stream every event from now on, or after ``Last-Event-ID``.

    An event ``reset`` says that events were missed: read the present state anew.
    """
    return EventStream(ask, await _start(ask))


class EventStream(StreamingResponse):
    """An open stream, counted from its first byte to the end of its connection."""

    def __init__(self, ask: Ask, after: int) -> None:
        """Stream what is later than ``after``."""
        headers = {"cache-control": "no-store"}
        super().__init__(_lines(ask, after), media_type=MEDIA_TYPE, headers=headers)
        self._streams = ask.backing.streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse where too many streams are open."""
        # Counted here and not in the generator: one that never starts never ends either.
        with self._streams.one_more():
            await super().__call__(scope, receive, send)


async def _start(ask: Ask) -> int:
    last = ask.header("last-event-id")
    if last is None:
        return await ask.backing.changes.latest()
    if not last.isdecimal() or not last.isascii() or len(last) > 18:  # noqa: PLR2004 - 64 bits
        raise InvalidRequest("Last-Event-ID must be the id of an event, a whole number.")
    return int(last)


async def _lines(ask: Ask, after: int) -> AsyncIterator[bytes]:
    """Yield events with heartbeats between them, until the client goes or we are stopped."""
    queue: asyncio.Queue[bytes | None] = asyncio.Queue(maxsize=100)
    feeding = asyncio.create_task(_feed(ask, after, queue))
    stopping = asyncio.create_task(ask.backing.stopping.wait())
    waiting: asyncio.Task[bytes | None] | None = None
    try:
        yield _HEARTBEAT
        while True:
            waiting = asyncio.create_task(queue.get())
            done, _ = await asyncio.wait(
                {waiting, stopping}, timeout=HEARTBEAT_S, return_when=asyncio.FIRST_COMPLETED
            )
            if waiting in done:
                line = waiting.result()
                if line is None:
                    return
                yield line
                continue
            waiting.cancel()
            if stopping in done:
                return
            yield _HEARTBEAT
    finally:
        for task in (feeding, stopping, waiting):
            if task is not None:
                task.cancel()


async def _feed(ask: Ask, after: int, queue: "asyncio.Queue[bytes | None]") -> None:
    changes = ask.backing.changes
    while True:
        try:
            async for event in changes.follow(after):
                await queue.put(_line(event))
        except Lagged:
            after = await changes.latest()
            await queue.put(_RESET)
        except StoreUnavailable:
            await queue.put(None)
            return


def _line(event: Event) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (
        event.seq,
        event.kind.value.encode(),
        dump_json(event.wire()),
    )
