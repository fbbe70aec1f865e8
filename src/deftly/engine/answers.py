"""Answering with a run that is there already: a second confirm, a repeated idempotency key."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from deftly.domain.access import Principal
from deftly.domain.run import CLOSED, REFUSED, Outcome, Question, Run, Status, outcome_of
from deftly.engine.gate import Gate
from deftly.engine.verdicts import told_outcome
from deftly.errors import ConfirmationClosed
from deftly.store.changes import Changes
from deftly.store.runs import Runs

_CLOSED_SENTENCES: Final[Mapping[Status, str]] = {
    Status.DENIED: "The call was denied; nothing was sent.",
    Status.EXPIRED: "The confirmation has expired and nothing was sent; make the call again.",
    Status.VOID: "The action was changed after the call and nothing was sent; make it again.",
}
_WAIT_MARGIN_S: Final = 5.0
_LOOK_AGAIN_S: Final = 1.0


class EarlierRuns:
    """Tells callers how a run stands that somebody else started."""

    def __init__(self, runs: Runs, changes: Changes, gate: Gate) -> None:
        """Take where runs are kept, what wakes us when they change, and who asks again."""
        self._runs = runs
        self._changes = changes
        self._gate = gate

    async def closed_or_outcome(self, run: Run, principal: Principal, timeout_s: float) -> Outcome:
        """Return the outcome of a run that was confirmed, waiting while it is under way.

        Raises:
            ConfirmationClosed: It never ran and never will.
        """
        if run.status in REFUSED:
            why = run.error.message if run.error else _CLOSED_SENTENCES[run.status]
            raise ConfirmationClosed(why, status=run.status.value)
        return await self.outcome(run, principal, timeout_s)

    async def outcome(self, run: Run, principal: Principal, timeout_s: float) -> Outcome:
        """Return how a run ended, waiting while it runs; an open question is asked again."""
        question: Question | None = None
        if run.status is Status.CONFIRM_REQUIRED and run.confirmation_id is not None:
            question = await self._gate.question(run.confirmation_id, principal)
            if question is None:
                run = await self._runs.get(run.id)
        if run.status is Status.RUNNING:
            run = await self._settled(run, timeout_s + _WAIT_MARGIN_S)
        return told_outcome(outcome_of(run, question=question), principal)

    async def _settled(self, run: Run, wait_s: float) -> Run:
        """Return the run once it has ended, or as it is when the wait is over."""
        try:
            async with asyncio.timeout(wait_s):
                while run.status not in CLOSED:
                    seen = await self._changes.latest()
                    await self._runs.settle_lost(run.id)
                    run = await self._runs.get(run.id)
                    if run.status not in CLOSED:
                        await self._something_changed(seen)
        except TimeoutError:
            return run
        return run

    async def _something_changed(self, seen: int) -> None:
        # A process that dies says nothing, so look again now and then.
        with suppress(TimeoutError):
            await asyncio.wait_for(self._changes.wait(seen), _LOOK_AGAIN_S)
