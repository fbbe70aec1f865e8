"""Streams of server-sent events: heartbeats while nothing happens, an end when we stop."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, suppress
from typing import Final

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

MEDIA_TYPE: Final = "text/event-stream"
HEARTBEAT_S: Final = 15.0
HEARTBEAT: Final = b": still here\n\n"


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


async def kept_alive(
    lines: AsyncGenerator[bytes, None], stopping: asyncio.Event, every_s: float = HEARTBEAT_S
) -> AsyncGenerator[bytes, None]:
    """Yield the lines, and a comment whenever there was none for a while."""
    stopped = asyncio.create_task(stopping.wait())
    following: asyncio.Task[bytes] | None = None
    async with aclosing(lines):
        try:
            while True:
                following = following or asyncio.create_task(_next(lines))
                done, _ = await asyncio.wait(
                    {following, stopped}, timeout=every_s, return_when=asyncio.FIRST_COMPLETED
                )
                if following in done:
                    line, following = following.result(), None
                    if not line:
                        return
                    yield line
                elif stopped in done:
                    return
                else:
                    yield HEARTBEAT
        finally:
            stopped.cancel()
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
