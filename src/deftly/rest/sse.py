"""Streams of server-sent events: heartbeats while nothing happens, an end when we stop."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, suppress
from typing import Final

import structlog
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from deftly.errors import InvalidRequest
from deftly.rest.ask import Ask

_log = structlog.get_logger(__name__)

MEDIA_TYPE: Final = "text/event-stream"
HEARTBEAT_S: Final = 15.0
# What was sent waits in buffers until it is read; a line that finds them full waits for so long.
PATIENCE_S: Final = 60.0
HEARTBEAT: Final = b": still here\n\n"
_DIGITS_MAX: Final = 18  # 64 bits


class EventStream(StreamingResponse):
    """A stream that tells when its connection is over, however it ended."""

    def __init__(
        self,
        lines: AsyncIterator[bytes],
        over: Callable[[], None],
        headers: dict[str, str] | None = None,
        *,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Send the lines; ``over`` is called once, also if not one of them was sent."""
        given = {"cache-control": "no-store", "x-accel-buffering": "no", **(headers or {})}
        super().__init__(lines, media_type=MEDIA_TYPE, headers=given)
        self._over = over
        self._patience_s = patience_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; whoever reads nothing for a minute is left, however long they stay connected."""

        async def within_patience(message: Message) -> None:
            async with asyncio.timeout(self._patience_s):
                await send(message)

        try:
            await super().__call__(scope, receive, within_patience)
        except TimeoutError:
            _log.info("stream_not_read", path=scope["path"])
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
