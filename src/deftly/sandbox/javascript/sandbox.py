"""The sandbox for JavaScript: what isolates it here, its places, its processes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from deftly.errors import HandlerUnavailable
from deftly.sandbox.isolation import IsolationReport
from deftly.sandbox.javascript.compiling import broken_in
from deftly.sandbox.javascript.console import Console
from deftly.sandbox.javascript.conversation import Conversation
from deftly.sandbox.javascript.guest import Guest, StartFailedError
from deftly.sandbox.javascript.pool import Pool
from deftly.sandbox.javascript.script import BrokenCode, Fetch, Finished, Script
from deftly.sandbox.javascript.testing import test
from deftly.sandbox.programs import Programs
from deftly.sandbox.self_test import SelfTest
from deftly.sandbox.turns import Turns

_CLOSED: Final = "Deftly is stopping; nothing is started any more."


class JavaScriptSandbox:
    """Runs code, each run in a process of its own that is gone afterwards."""

    def __init__(self, programs: Callable[[], Programs], *, concurrency: int | None = None) -> None:
        """Start nothing yet.

        Args:
            programs: Finds what there is to isolate with; called in a thread.
            concurrency: Runs at the same time; as many as there are processors by default,
                and two at least.
        """
        self._find = programs
        self._turns = Turns("Too much code is running", concurrency)
        self._self_test = SelfTest(self._tried)
        self._pool: Pool | None = None
        self._warming: asyncio.Task[None] | None = None
        self._running: set[Guest] = set()
        self._leaving: set[asyncio.Task[None]] = set()

    async def report(self) -> IsolationReport:
        """Return what isolates here; that is tried out once, and again where nothing did."""
        return await self._self_test.report()

    def availability(self) -> IsolationReport | None:
        """Return what is known so far, without waiting."""
        return self._self_test.known

    def warm(self) -> None:
        """Try the sandbox out, and have processes ready, in the background."""
        if self._pool is not None:
            self._pool.warm()
        elif self._warming is None:
            self._warming = asyncio.create_task(self._warm())

    async def run(self, script: Script, fetch: Fetch, console: Console | None = None) -> Finished:
        """Return what the code returned.

        Args:
            script: What to run.
            fetch: The way out.
            console: Where its lines go while it runs, for those of a run that fails.

        Raises:
            HandlerUnavailable: Nothing isolates here, or no process can be started now.
            CodeFailed: The code threw, or returned what is no JSON.
            LimitExceeded: It used more than a run may, or had no turn.
        """
        console = console or Console()
        async with self._a_guest() as guest:
            value = await Conversation(guest, script, fetch, console).hold()
        return Finished(value, console.lines)

    async def broken(self, code: str) -> BrokenCode | None:
        """Return why the code does not compile, None where it does; nothing of it is run.

        Raises:
            HandlerUnavailable: Nothing isolates here, or no process can be started now.
            CodeFailed: The process did not say.
            LimitExceeded: It had no turn, or took too long.
        """
        async with self._a_guest() as guest:
            return await broken_in(guest, code)

    async def close(self) -> None:
        """End every process; nothing can be run afterwards."""
        await self._self_test.close()
        if self._warming is not None:
            self._warming.cancel()
            await asyncio.gather(self._warming, return_exceptions=True)
        pool, self._pool = self._pool, None
        if pool is not None:
            await pool.close()
        for guest in self._running:
            guest.child.kill()
        await asyncio.gather(*self._leaving)

    async def _tried(self) -> IsolationReport:
        tested = await test(await asyncio.to_thread(self._find))
        if tested.launch is not None:
            self._pool = Pool(tested.launch, self._turns.at_once)
        return tested.report

    async def _warm(self) -> None:
        await self._self_test.report()
        if self._pool is not None:
            self._pool.warm()

    @asynccontextmanager
    async def _a_guest(self) -> AsyncIterator[Guest]:
        """Wait for a turn, and have a process for the block that is gone afterwards."""
        (await self.report()).require()
        guest = await self._guest_in_turn()
        try:
            self._running.add(guest)
            yield guest
        finally:
            self._dismiss(guest)

    async def _guest_in_turn(self) -> Guest:
        """Wait for a turn and return a process; when that is gone, the turn is given back."""
        await self._turns.take()
        try:
            return await self._started()
        except BaseException:
            self._turns.give_back()
            raise

    async def _started(self) -> Guest:
        if self._pool is None:
            raise HandlerUnavailable(_CLOSED)
        try:
            return await self._pool.take()
        except StartFailedError as fault:
            message = f"The process for this code was not started: {fault}. Try again later."
            raise HandlerUnavailable(message) from None

    def _dismiss(self, guest: Guest) -> None:
        """Kill the process now; the turn is over once it is gone."""
        guest.child.kill()
        self._running.discard(guest)
        leaving = asyncio.create_task(self._gone(guest))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)

    async def _gone(self, guest: Guest) -> None:
        try:
            await guest.close()
        finally:
            self._turns.give_back()
            if self._pool is not None:
                self._pool.warm()
