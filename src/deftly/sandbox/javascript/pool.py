"""Processes that are started ahead, each for one run."""

import asyncio
from collections import deque
from typing import Final

import structlog

from deftly.sandbox.javascript.guest import Guest, Launch, StartFailedError

_log = structlog.get_logger(__name__)

SIZE_MIN: Final = 2
SIZE_MAX: Final = 4


class Pool:
    """Starts processes before they are asked for; none is ever taken twice."""

    def __init__(self, launch: Launch, size: int) -> None:
        """Start nothing yet; ``size`` is brought between 2 and 4."""
        self._launch = launch
        self._size = max(SIZE_MIN, min(size, SIZE_MAX))
        self._ahead: deque[asyncio.Task[Guest]] = deque()
        self._given_up: set[asyncio.Task[None]] = set()

    def warm(self) -> None:
        """Begin to start as many as are missing."""
        while len(self._ahead) < self._size:
            task = asyncio.create_task(Guest.start(self._launch))
            task.add_done_callback(_tell_failure)
            self._ahead.append(task)

    async def take(self) -> Guest:
        """Return a process that waits for its script, the caller's to close.

        Raises:
            StartFailedError: None can be started now.
        """
        while self._ahead:
            task = self._ahead.popleft()
            try:
                guest = await task
            except StartFailedError:
                continue  # its failure is in the log; the next one may do
            except asyncio.CancelledError:
                self._give_up(task)
                raise
            if guest.child.returncode is None:
                return guest
            await guest.close()
        return await Guest.start(self._launch)

    async def close(self) -> None:
        """Kill every process nobody has taken."""
        while self._ahead:
            self._give_up(self._ahead.popleft())
        await asyncio.gather(*self._given_up, return_exceptions=True)

    def _give_up(self, task: "asyncio.Task[Guest]") -> None:
        leaving = asyncio.create_task(_closed(task))
        self._given_up.add(leaving)
        leaving.add_done_callback(self._given_up.discard)


async def _closed(task: "asyncio.Task[Guest]") -> None:
    task.cancel()
    (outcome,) = await asyncio.gather(task, return_exceptions=True)
    if isinstance(outcome, Guest):
        await outcome.close()


def _tell_failure(task: "asyncio.Task[Guest]") -> None:
    if not task.cancelled() and (fault := task.exception()) is not None:
        _log.warning("code_process_not_started", reason=str(fault))
