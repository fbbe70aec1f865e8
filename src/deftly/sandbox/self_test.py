"""When a sandbox is tried out: once, and again after a while where nothing held."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from deftly.sandbox.isolation import IsolationReport

TRY_AGAIN_S: Final = 60.0
"""How long it is taken for granted that nothing isolates here."""


class SelfTest:
    """Has one test under way at most, and keeps what the last one found."""

    def __init__(self, work: Callable[[], Awaitable[IsolationReport]]) -> None:
        """Begin nothing yet; ``work`` tries it out."""
        self._work = work
        self._task: asyncio.Task[IsolationReport] | None = None
        self._begun_s = 0.0
        self.known: IsolationReport | None = None

    async def report(self) -> IsolationReport:
        """Return what isolates, once that is known."""
        return await asyncio.shield(self.begin())

    def begin(self) -> asyncio.Task[IsolationReport]:
        """Return the test, begun where there is none, or one is worth repeating."""
        if self._task is None or self._is_worth_another_try():
            self._begun_s = asyncio.get_running_loop().time()
            self._task = asyncio.create_task(self._carried_out())
        return self._task

    async def close(self) -> None:
        """Give up what is under way."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _is_worth_another_try(self) -> bool:
        """Tell whether nothing held, and that was a while ago: a machine may have been busy."""
        failed = self.known is not None and not self.known.is_available
        is_over = self._task is not None and self._task.done()
        waited_s = asyncio.get_running_loop().time() - self._begun_s
        return failed and is_over and waited_s > TRY_AGAIN_S

    async def _carried_out(self) -> IsolationReport:
        self.known = await self._work()
        return self.known
