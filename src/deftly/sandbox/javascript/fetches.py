"""The fetches of one run: numbered by the code, limited by us, answered in any order."""

import asyncio
from typing import Final

from deftly.errors import DeftlyError, LimitExceeded
from deftly.sandbox.javascript.asked import asked_of
from deftly.sandbox.javascript.guest import Guest
from deftly.sandbox.javascript.script import (
    FETCHES_MAX,
    FRAME_BYTES_MAX,
    TRAFFIC_BYTES_MAX,
    Fetch,
    FetchAnswer,
    FetchRequest,
)
from deftly.sandbox.javascript.wire import BrokenWireError, Frame
from deftly.values import JsonObject

_MIB: Final = 1024 * 1024
_SHORTEST_S: Final = 0.001


class Fetches:
    """Carries out what the code asks for, each in a task of its own.

    Attributes:
        ends_s: When the run's time is over, by the loop's clock.
        fault: A bug of ours that ended the run.
    """

    def __init__(self, guest: Guest, fetch: Fetch) -> None:
        """Take who asks, and the way out."""
        self.ends_s = 0.0
        self.fault: BaseException | None = None
        self._guest = guest
        self._fetch = fetch
        self._count = 0
        self._traffic_bytes = 0
        self._under_way: dict[int, asyncio.Task[None]] = {}

    def begin(self, frame: Frame) -> None:
        """Start one; what is over a limit is refused.

        Raises:
            BrokenWireError: It is no fetch.
        """
        left_s = max(_SHORTEST_S, self.ends_s - asyncio.get_running_loop().time())
        number, asked, size = asked_of(frame, left_s)
        if number in self._under_way:
            raise BrokenWireError("its number is taken")
        self._count += 1
        self._traffic_bytes += size
        refusal = self._refusal(size, frame)
        work = self._answer(number, asked) if refusal is None else self._refuse(number, refusal)
        task = asyncio.create_task(work)
        self._under_way[number] = task
        task.add_done_callback(lambda done: self._ended(number, done))

    def abort(self, frame: Frame) -> None:
        """Give one up; the code waits for it no more."""
        number = frame.head.get("id")
        task = self._under_way.get(number) if isinstance(number, int) else None
        if task is not None:
            task.cancel()

    async def drop(self) -> None:
        """Give up all that are under way."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _refusal(self, size: int, frame: Frame) -> LimitExceeded | None:
        if self._count > FETCHES_MAX:
            return LimitExceeded(f"A run may fetch {FETCHES_MAX} times.")
        if size > len(frame.body):
            return LimitExceeded(f"The body of a fetch may be {FRAME_BYTES_MAX // _MIB} MiB.")
        return self._traffic_refusal()

    def _traffic_refusal(self) -> LimitExceeded | None:
        if self._traffic_bytes <= TRAFFIC_BYTES_MAX:
            return None
        mib = TRAFFIC_BYTES_MAX // _MIB
        return LimitExceeded(f"The fetches of a run may send and receive {mib} MiB together.")

    async def _answer(self, number: int, asked: FetchRequest) -> None:
        try:
            answer = await self._fetch(asked)
        except DeftlyError as fault:
            await self._refuse(number, fault)
            return
        self._traffic_bytes += len(answer.body)
        if refusal := self._traffic_refusal():
            await self._refuse(number, refusal)
            return
        await self._guest.say("answer", answer.body, **_head_of(number, asked, answer))

    async def _refuse(self, number: int, fault: DeftlyError) -> None:
        is_limit = isinstance(fault, LimitExceeded)
        await self._guest.say("refused", fault.message.encode(), id=number, limit=is_limit)

    def _ended(self, number: int, task: "asyncio.Task[None]") -> None:
        del self._under_way[number]
        if not task.cancelled() and (fault := task.exception()) is not None:
            # It ends the run, and is told where the run is waited for.
            self.fault = fault
            self._guest.child.kill()


def _head_of(number: int, asked: FetchRequest, answer: FetchAnswer) -> JsonObject:
    return {
        "id": number,
        "status": answer.status,
        "url": answer.url,
        "redirected": answer.url.partition("#")[0] != asked.url.partition("#")[0],
        "headers": [[name, value] for name, value in answer.headers],
    }
