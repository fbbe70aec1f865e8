"""``/api/events``: what changes, as it changes (server-sent events)."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from starlette.responses import Response, StreamingResponse

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
    after = await _start(ask)
    return StreamingResponse(
        _lines(ask, after), media_type=MEDIA_TYPE, headers={"cache-control": "no-store"}
    )


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
