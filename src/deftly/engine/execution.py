"""Carrying out one prepared call."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar, cast

import structlog

from deftly.domain.access import Principal
from deftly.domain.action import Action
from deftly.domain.run import (
    ConsoleLine,
    Ending,
    Outcome,
    Run,
    RunEvent,
    RunFault,
    Status,
    Trigger,
    advance,
)
from deftly.engine.redaction import NOTHING_TO_HIDE, Redactor
from deftly.errors import CallerGone, DeftlyError, EgressDenied, EgressFailed
from deftly.handlers.handler import Drawn, HandlerResult, Prepared
from deftly.values import Clock, JsonValue, format_time

_log = structlog.get_logger(__name__)
_Answer = TypeVar("_Answer")


def new_run(  # noqa: PLR0913 - a run says all of this of itself
    action: Action,
    arguments: Mapping[str, JsonValue],
    *,
    run_id: str,
    at: datetime,
    principal: Principal,
    trigger: Trigger,
    status: Status,
    conversation_id: str | None = None,
) -> Run:
    """Return the record of a call: held, or under way from its first moment."""
    now = format_time(at)
    return Run(
        id=run_id,
        action_id=action.id,
        action_version=action.version,
        tool=action.tool,
        principal=principal.id,
        trigger=trigger,
        conversation_id=conversation_id,
        arguments=dict(arguments),
        status=status,
        created_at=now,
        started_at=now if status is Status.RUNNING else None,
    )


def outcome_of_ending(run: Run, ending: Ending, *, recorded: bool) -> Outcome:
    """Return what is told of a run that has just ended."""
    return Outcome(
        status=advance(Status.RUNNING, ending.event),
        run_id=run.id,
        duration_ms=ending.duration_ms,
        result=ending.result,
        has_result=ending.error is None,
        error=ending.error,
        recorded=recorded,
        card=ending.card,
    )


def fault_of(error: DeftlyError) -> RunFault:
    """Return what is recorded of an error: its verdict, where it has one, is its code."""
    code = error.verdict if isinstance(error, (EgressDenied, EgressFailed)) else error.code
    return RunFault(code=code, message=error.message)


class Executor:
    """Runs prepared calls to their end, whoever stops waiting for them."""

    def __init__(self, clock: Clock) -> None:
        """Take what measures them."""
        self._clock = clock
        self._in_flight: set[asyncio.Future[object]] = set()

    async def unhindered(self, work: Awaitable[_Answer]) -> _Answer:
        """Await work that goes on when its caller goes away: what was sent gets recorded."""
        return await asyncio.shield(self._followed(work))

    def afterwards(self, work: Awaitable[object]) -> None:
        """Start work nobody awaits."""
        _ = self._followed(work)

    def _followed(self, work: Awaitable[_Answer]) -> asyncio.Future[_Answer]:
        task = asyncio.ensure_future(work)
        self._in_flight.add(cast("asyncio.Future[object]", task))
        task.add_done_callback(self._in_flight.discard)
        return task

    async def drain(self, grace_s: float) -> None:
        """Wait for what is under way; what is not done by then is recorded as unknown later."""
        if self._in_flight:
            await asyncio.wait(self._in_flight, timeout=grace_s)

    async def execute(self, prepare: Callable[[], Prepared]) -> Ending:
        """Carry it out and return how it ended, redacted; the handler keeps the deadline."""
        started_s = self._clock.monotonic_s()
        prepared: Prepared | None = None
        try:
            prepared = prepare()
            result = await prepared.execute()
            drawn = await _drawn(result) if result.draw else None
            value = _safe_value(result)
        except DeftlyError as fault:
            return self._failed(fault, started_s, prepared)
        except Exception as fault:  # noqa: BLE001 - a handler's bug must not lose the run
            # The trace quotes the fault, and a fault may quote a secret.
            trace = _redactor_of(prepared).text(traceback.format_exc())
            _log.error("handler_broke", exception=trace)
            return self._failed(DeftlyError(_BROKE, internal=repr(fault)), started_s, prepared)
        return Ending(
            event=RunEvent.SUCCEEDED,
            result=drawn.beside(value) if drawn else value,
            error=None,
            duration_ms=self._elapsed_ms(started_s),
            sent_bytes=result.sent_bytes,
            received_bytes=result.received_bytes,
            card=drawn.card if drawn else None,
            note=drawn.note if drawn else None,
            console=_console_of(prepared),
        )

    def abandoned(self, started_s: float) -> Ending:
        """Return the ending of a look-up whose caller went away before the answer."""
        return self._failed(CallerGone(_GONE), started_s)

    def refused(self, fault: DeftlyError) -> Ending:
        """Return the ending of a call that was refused before anything was sent."""
        return self._failed(fault, self._clock.monotonic_s())

    def _failed(
        self, fault: DeftlyError, started_s: float, prepared: Prepared | None = None
    ) -> Ending:
        error, redactor = fault_of(fault), _redactor_of(prepared)
        message, internal = redactor.text(error.message), redactor.text(fault.internal)
        _log.info("run_failed", code=fault.code, message=message, internal=internal)
        return Ending(
            event=RunEvent.FAILED,
            result=None,
            error=RunFault(code=error.code, message=message),
            duration_ms=self._elapsed_ms(started_s),
            console=_console_of(prepared),
        )

    def _elapsed_ms(self, started_s: float) -> float:
        return round((self._clock.monotonic_s() - started_s) * 1000, 1)


def _redactor_of(prepared: Prepared | None) -> Redactor:
    """Return what hides the secrets a call was given, however far it came."""
    revealed = prepared.revealed if prepared else None
    return Redactor(revealed) if revealed else NOTHING_TO_HIDE


def _console_of(prepared: Prepared | None) -> tuple[ConsoleLine, ...]:
    """Return what its code wrote to the console, without the secrets it was given."""
    if prepared is None or not prepared.console:
        return ()
    redactor = _redactor_of(prepared)
    return tuple(ConsoleLine(one.level, redactor.text(one.text)) for one in prepared.console)


def _safe_value(result: HandlerResult) -> JsonValue:
    """Return the value without the secrets that were sent, and then no longer than it may be."""
    value = Redactor(result.revealed).value(result.value) if result.revealed else result.value
    return result.shorten(value) if result.shorten else value


async def _drawn(result: HandlerResult) -> Drawn | None:
    """Return the card of a result, made of the whole value without the secrets that were sent."""
    if result.draw is None:
        return None
    redactor = Redactor(result.revealed)
    # A large template takes long enough to hold up every other call.
    drawn = await asyncio.to_thread(result.draw, redactor.value(result.value), redactor.value)
    if drawn is None or drawn.note is None:
        return drawn
    note = redactor.text(drawn.note)
    _log.info("widget_not_whole" if drawn.card else "widget_not_shown", reason=note)
    return replace(drawn, note=note)


_GONE: Final = "The caller went away before the answer was there; the look-up was given up."
_BROKE: Final = "Deftly failed while carrying this out; the log has the details."
