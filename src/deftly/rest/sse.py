"""Streams of server-sent events: heartbeats while nothing happens, an end when we stop."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, suppress
from typing import Final

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from deftly.errors import InvalidRequest
from deftly.rest.ask import Ask

MEDIA_TYPE: Final = "text/event-stream"
HEARTBEAT_S: Final = 15.0
HEARTBEAT: Final = b": still here\n\n"
_DIGITS_MAX: Final = 18  # 64 bits


class EventStream(StreamingResponse):
    """A stream that tells when its connection is over, however it ended."""

    def __init__(
        self,
        lines: AsyncIterator[bytes],
        over: Callable[[], None],
        headers: dict[str, str] | None = None,
    ) -> None:
        """Send the lines; ``over`` is called once, also if not one of them was sent."""
        given = {"cache-control": "no-store", "x-accel-buffering": "no", **(headers or {})}
        super().__init__(lines, media_type=MEDIA_TYPE, headers=given)
        self._over = over

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._over()


def place_of(ask: Ask) -> int | None:
    """Return the place in ``Last-Event-ID`` after which the stream goes on; None without one.

    Raises:
        InvalidRequest: It is no event's id.
    """
    last = ask.header("last-event-id")
    if last is None:
        return None
    if not last.isdecimal() or not last.isascii() or len(last) > _DIGITS_MAX:
        raise InvalidRequest("Last-Event-ID must be the id of an event, a whole number.")
    return int(last)


async def kept_alive(
    lines: AsyncGenerator[bytes, None], *ends: asyncio.Event, every_s: float = HEARTBEAT_S
) -> AsyncGenerator[bytes, None]:
    """Yield the lines, and a comment whenever there was none for a while, until an end is set."""
    ended = [asyncio.create_task(end.wait()) for end in ends]
    following: asyncio.Task[bytes] | None = None
    async with aclosing(lines):
        try:
            while True:
                following = following or asyncio.create_task(_next(lines))
                done, _ = await asyncio.wait(
                    {following, *ended}, timeout=every_s, return_when=asyncio.FIRST_COMPLETED
                )
                if not done.isdisjoint(ended):
                    return
                if following in done:
                    line, following = following.result(), None
                    if not line:
                        return
                    yield line
                else:
                    yield HEARTBEAT
        finally:
            for task in ended:
                task.cancel()
            await _ended(following)


async def _next(lines: AsyncGenerator[bytes, None]) -> bytes:
    """Return the next line, an empty one at the end."""
    return await anext(lines, b"")


async def _ended(task: asyncio.Task[bytes] | None) -> None:
    """Wait until a cancelled look for the next line has let go of the generator."""
    if task is not None:
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await task
