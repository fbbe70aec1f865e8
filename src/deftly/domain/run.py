"""Calls, runs and outcomes: what they hold and how a run may change.

A call asks; a run is what we keep of it from the moment it is held or started; an
outcome is what the caller is told. Runs and outcomes share one list of statuses, and
``TRANSITIONS`` is the only place that says which may follow which.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from deftly.domain.access import Principal
from deftly.domain.model import Model
from deftly.values import JsonObject, JsonValue, light_value


class Status(StrEnum):
    """Where a run stands."""

    CONFIRM_REQUIRED = "confirm_required"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    DENIED = "denied"
    EXPIRED = "expired"
    VOID = "void"
    UNKNOWN = "unknown"


class RunEvent(StrEnum):
    """What can happen to a run."""

    CONFIRMED = "confirmed"
    DENIED = "denied"
    EXPIRED = "expired"
    VOIDED = "voided"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    LOST = "lost"


TRANSITIONS: Final[Mapping[Status, Mapping[RunEvent, Status]]] = {
    Status.CONFIRM_REQUIRED: {
        RunEvent.CONFIRMED: Status.RUNNING,
        RunEvent.DENIED: Status.DENIED,
        RunEvent.EXPIRED: Status.EXPIRED,
        RunEvent.VOIDED: Status.VOID,
    },
    Status.RUNNING: {
        RunEvent.SUCCEEDED: Status.SUCCEEDED,
        RunEvent.FAILED: Status.FAILED,
        # The process died between the claim and the answer: nobody knows, nobody repeats.
        RunEvent.LOST: Status.UNKNOWN,
    },
}
CLOSED: Final = frozenset(Status) - TRANSITIONS.keys()
REFUSED: Final = frozenset({Status.DENIED, Status.EXPIRED, Status.VOID})


def advance(status: Status, event: RunEvent) -> Status:
    """Return the status that follows.

    Raises:
        ValueError: The event cannot happen in this status: a programmer's mistake.
    """
    try:
        return TRANSITIONS[status][event]
    except KeyError:
        message = f"a run that is {status} cannot be {event}"
        raise ValueError(message) from None


def origin_of(event: RunEvent) -> Status:
    """Return the one status an event starts from: the WHERE of its conditional update."""
    (origin,) = (status for status, events in TRANSITIONS.items() if event in events)
    return origin


class Trigger(StrEnum):
    """Which door a call came through."""

    REST = "rest"
    CHAT = "chat"
    TEST = "test"
    CLI = "cli"
    WIDGET = "widget"


@light_value
class Call:
    """A request to run an action.

    Attributes:
        user: Verified identity for ``{{user.*}}``; arguments can never set it.
        page: Page context for ``{{page.*}}``.
        cautious: Every write asks a person, whatever the action's mode.
    """

    tool: str
    arguments: JsonValue
    principal: Principal
    trigger: Trigger
    conversation_id: str | None = None
    idempotency_key: str | None = None
    user: Mapping[str, JsonValue] | None = None
    page: Mapping[str, JsonValue] | None = None
    cautious: bool = False


class RunFault(Model):
    """Why a run did not succeed.

    Attributes:
        code: Stable, for programs.
        message: A sentence for anyone.
    """

    code: str
    message: str


@light_value
class ShownCard:
    """A card as a conversation is shown it: expanded, checked, redacted.

    Attributes:
        card: The Adaptive Card as a browser gets it.
        spoken: The text a person reads on it.
        buttons: What each of its buttons does; the browser knows their ids alone.
    """

    widget: str
    card: JsonObject
    spoken: str
    buttons: JsonObject


@light_value
class ConsoleLine:
    """A line that an action's code wrote to its console.

    Attributes:
        level: ``log``, ``info``, ``warn``, ``error`` or ``debug``.
    """

    level: str
    text: str

    def wire(self) -> JsonObject:
        """Return the JSON object callers see."""
        return {"level": self.level, "text": self.text}


class Run(Model):
    """The record of a call's execution, redacted before it is kept.

    Attributes:
        principal: Who called: a principal's id, such as ``key:…`` or ``local``.
        created_at: When it was held or, where nothing had to be asked, started.
        duration_ms: Time between start and answer, without any wait for a person.
        card: What was shown of it; lists leave it out.
        note: What its owner should know although it succeeded; lists leave it out.
        console: What its code wrote to the console; lists leave it out.
    """

    id: str
    action_id: str
    action_version: int
    tool: str
    principal: str
    trigger: Trigger
    conversation_id: str | None = None
    confirmation_id: str | None = None
    arguments: JsonObject
    status: Status
    result: JsonValue = None
    error: RunFault | None = None
    created_at: str
    started_at: str | None = None
    finished_at: str | None = None
    duration_ms: float | None = None
    sent_bytes: int = 0
    received_bytes: int = 0
    card: ShownCard | None = None
    note: str | None = None
    console: tuple[ConsoleLine, ...] | None = None


@light_value
class Ending:
    """How a run ended, ready to be recorded: all that it holds is redacted.

    Attributes:
        event: ``SUCCEEDED`` or ``FAILED``.
    """

    event: RunEvent
    result: JsonValue
    error: RunFault | None
    duration_ms: float
    sent_bytes: int = 0
    received_bytes: int = 0
    card: ShownCard | None = None
    note: str | None = None
    console: tuple[ConsoleLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """The part of a confirmation a caller is told.

    Attributes:
        token: Only for callers that hold ``confirm``; never for a model.
    """

    id: str
    expires_at: str
    summary: JsonObject
    url: str
    token: str | None = None

    def wire(self) -> JsonObject:
        """Return the JSON object callers see."""
        told: JsonObject = {
            "id": self.id,
            "expiresAt": self.expires_at,
            "summary": self.summary,
            "url": self.url,
        }
        return told if self.token is None else {**told, "token": self.token}


@light_value
class Outcome:
    """What a caller is told of a call.

    Attributes:
        has_result: Tells a result of ``null`` from no result.
        recorded: False when the action ran but its record could not be completed.
        card: What a person is shown beside the result.
    """

    status: Status
    run_id: str
    duration_ms: float
    result: JsonValue = None
    has_result: bool = False
    error: RunFault | None = None
    confirmation: Question | None = None
    recorded: bool = True
    card: ShownCard | None = None

    def wire(self) -> JsonObject:
        """Return the JSON object callers see."""
        told: JsonObject = {"status": self.status.value, "runId": self.run_id}
        if self.has_result:
            told["result"] = self.result
        if self.card is not None:
            shown: JsonObject = {"cardId": self.run_id, "name": self.card.widget}
            told["widget"] = {**shown, "card": self.card.card}
        if self.error is not None:
            told["error"] = {"code": self.error.code, "message": self.error.message}
        if self.confirmation is not None:
            told["confirmation"] = self.confirmation.wire()
        told["durationMs"] = self.duration_ms
        if not self.recorded:
            told["recorded"] = False
        return told


def outcome_of(run: Run, *, question: Question | None = None) -> Outcome:
    """Return what the caller of a recorded run is told."""
    return Outcome(
        status=run.status,
        run_id=run.id,
        duration_ms=0.0 if run.duration_ms is None else run.duration_ms,
        result=run.result,
        has_result=run.status in {Status.SUCCEEDED, Status.FAILED} and run.error is None,
        error=run.error,
        confirmation=question,
        card=run.card,
    )
