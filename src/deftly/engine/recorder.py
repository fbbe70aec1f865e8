"""The run log as the engine keeps it: begun, ended, and caught up with after a failing store."""

import asyncio
from dataclasses import replace
from typing import Final

import structlog

from deftly.domain.run import Ending, Run, RunEvent, RunFault
from deftly.errors import ResultUnusable, StoreUnavailable
from deftly.store.idempotency import Idempotency
from deftly.store.runs import Runs

_log = structlog.get_logger(__name__)

LONG_S: Final = 0.25
_UNRECORDED_MAX: Final = 1000
_NOT_KEEPABLE: Final = (
    "The action ran, and its result is not JSON that can be kept; it was not repeated."
)


class Recorder:
    """Writes the record of each call.

    What may change something is recorded before it is sent. A look-up is recorded once, when
    it is over: that is half the work of a call. One that takes longer than ``LONG_S`` shows as
    running from then on, and where it is not certain that it could be recorded at all, its
    record comes first, too.
    """

    def __init__(self, runs: Runs) -> None:
        """Take where runs are kept."""
        self._runs = runs
        self._unrecorded: dict[str, Record] = {}
        self._unseen: set[Record] = set()
        self._watching = False

    async def begin(self, run: Run, idempotency: Idempotency | None = None) -> Run | None:
        """Record that a call is under way, or return the run its idempotency key had before.

        Raises:
            StoreUnavailable: It cannot be recorded.
            IdempotencyConflict: The key was used with other arguments.
        """
        return await self._runs.begin(run, idempotency=idempotency)

    async def begin_look_up(self, run: Run) -> "Record":
        """Return the record of a look-up, not written yet if it can be written any time.

        Raises:
            StoreUnavailable: It cannot be recorded.
        """
        if self._runs.is_free():
            return self._watched(Record(self._runs, run))
        await self._runs.begin(run)
        return Record(self._runs, run, begun=True)

    def _watched(self, record: "Record") -> "Record":
        """Have the record written in time; one timer for all costs a call next to nothing."""
        self._unseen.add(record)
        if not self._watching:
            self._watching = True
            asyncio.get_running_loop().call_later(LONG_S, self._show_long, {*self._unseen})
        return record

    def _show_long(self, seen_before: set["Record"]) -> None:
        for record in seen_before & self._unseen:
            self._unseen.discard(record)
            record.show()
        self._watching = bool(self._unseen)
        if self._unseen:
            asyncio.get_running_loop().call_later(LONG_S, self._show_long, {*self._unseen})

    async def finish(self, record: "Record", ending: Ending) -> tuple[Ending, bool]:
        """Record how a run ended; return what was recorded, and whether it was.

        What the store cannot take now is kept for ``catch_up``; a result that cannot be kept
        at all makes the run a failed one.
        """
        run_id = record.run.id
        self._unseen.discard(record)
        try:
            return ending, await record.write(ending)
        except StoreUnavailable as fault:
            _log.error("run_not_recorded", run_id=run_id, internal=fault.internal)
            if len(self._unrecorded) < _UNRECORDED_MAX:
                record.ending = ending
                self._unrecorded[run_id] = record
            return ending, False
        except Exception:
            _log.exception("result_not_recordable", run_id=run_id)
            if ending.result is None:
                raise
            error = RunFault(code=ResultUnusable.code, message=_NOT_KEEPABLE)
            failed = replace(ending, event=RunEvent.FAILED, result=None, error=error, card=None)
            return await self.finish(record, failed)

    async def finish_begun(self, run: Run, ending: Ending) -> tuple[Ending, bool]:
        """Record how a run ended that was recorded when it began."""
        return await self.finish(Record(self._runs, run, begun=True), ending)

    async def catch_up(self) -> None:
        """Record what the store could not take before; a run must not seem to go on for ever."""
        for record in list(self._unrecorded.values()):
            if record.ending is not None:
                try:
                    await record.write(record.ending)
                except StoreUnavailable:
                    return
            self._unrecorded.pop(record.run.id, None)


class Record:
    """One run on its way into the log.

    Attributes:
        begun: Whether it stands there as running.
        ending: How it ended, where that could not be written yet.
    """

    __slots__ = ("_late", "_runs", "begun", "ending", "run")

    def __init__(self, runs: Runs, run: Run, *, begun: bool = False) -> None:
        """Start with a run that is under way."""
        self.run = run
        self.begun = begun
        self.ending: Ending | None = None
        self._runs = runs
        self._late: asyncio.Task[None] | None = None

    def show(self) -> None:
        """Write it as running; its ending waits for that."""
        self._late = asyncio.ensure_future(self._begin())

    async def _begin(self) -> None:
        try:
            await self._runs.begin(self.run)
        except StoreUnavailable as fault:
            _log.warning("run_not_shown", run_id=self.run.id, internal=fault.internal)
        else:
            self.begun = True

    async def write(self, ending: Ending) -> bool:
        """Write the ending; False if the run is not ours to finish any more.

        Raises:
            StoreUnavailable: Nothing was written.
        """
        if self._late is not None:
            await self._late
        if not self.begun:
            await self._runs.record(self.run, ending)
            return True
        recorded = await self._runs.finish(self.run.id, ending)
        if not recorded:
            _log.error("run_no_longer_ours", run_id=self.run.id)
        return recorded
