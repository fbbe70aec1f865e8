"""How much and how slowly one run may talk: bytes in all, and how long nothing may happen."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from deftly.egress.proxy.refusing import ProxyRefused

IDLE_S: Final = 15.0
LIMIT_BYTES: Final = 10 * 1024 * 1024

T = TypeVar("T")


@dataclass(slots=True)
class Traffic:
    """What went through the proxy in one run.

    Attributes:
        sent_bytes: To targets, heads included.
        received_bytes: From them, heads included.
        refusals: How often the guard said no, or a target could not be reached.
    """

    sent_bytes: int = 0
    received_bytes: int = 0
    refusals: int = 0

    @property
    def is_used_up(self) -> bool:
        """Whether the run has had all it may have."""
        return self.sent_bytes + self.received_bytes > LIMIT_BYTES

    def check(self) -> None:
        """Refuse to carry more.

        Raises:
            ProxyRefused: The limit is reached.
        """
        if self.is_used_up:
            mib = LIMIT_BYTES >> 20
            raise ProxyRefused(403, f"One run may send and receive {mib} MiB, and it has.")


class Pace:
    """Ends what waits while nothing happens in either direction of a connection."""

    def __init__(self, idle_s: float) -> None:
        """Start the clock."""
        self._idle_s = idle_s
        self._loop = asyncio.get_running_loop()
        self._last_s = self._loop.time()

    def tick(self) -> None:
        """Notice that something happened."""
        self._last_s = self._loop.time()

    async def wait(self, step: Callable[[], Awaitable[T]]) -> T:
        """Return what the step returns; one that is broken off loses nothing and is taken again.

        Raises:
            TimeoutError: Nothing happened for too long, here and elsewhere.
        """
        while True:
            try:
                async with asyncio.timeout_at(self._last_s + self._idle_s):
                    result = await step()
            except TimeoutError:
                if self._loop.time() >= self._last_s + self._idle_s:
                    raise
            else:
                self.tick()
                return result
