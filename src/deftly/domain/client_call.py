"""Client calls: a call of a client action, made by a browser that follows the conversation."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from deftly.domain.access import Principal
from deftly.domain.model import Model
from deftly.domain.run import Run, Status
from deftly.values import JsonObject, JsonValue

FAILED_CODE: Final = "client_failed"
_KEY: Final = "key:"


class ClientStatus(StrEnum):
    """Where a client call stands."""

    WAITING = "waiting"
    STARTED = "started"
    FINISHED = "finished"
    FAILED = "failed"
    GONE = "gone"


class ClientEvent(StrEnum):
    """What can happen to a client call."""

    STARTED = "started"
    FINISHED = "finished"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


TRANSITIONS: Final[Mapping[ClientStatus, Mapping[ClientEvent, ClientStatus]]] = {
    ClientStatus.WAITING: {
        ClientEvent.STARTED: ClientStatus.STARTED,
        # No browser took it in time, or nobody waits for it any more.
        ClientEvent.WITHDRAWN: ClientStatus.GONE,
    },
    ClientStatus.STARTED: {
        ClientEvent.FINISHED: ClientStatus.FINISHED,
        ClientEvent.FAILED: ClientStatus.FAILED,
    },
}


def origin_of(event: ClientEvent) -> ClientStatus:
    """Return the one status an event starts from: the WHERE of its conditional update."""
    (origin,) = (status for status, events in TRANSITIONS.items() if event in events)
    return origin


def target_of(event: ClientEvent) -> ClientStatus:
    """Return the status an event leads to."""
    return TRANSITIONS[origin_of(event)][event]


@dataclass(frozen=True, slots=True)
class Offer:
    """A call as it is put before the browsers of a conversation.

    Attributes:
        returns: A returned value goes back to the agent.
        start_s: How long it waits for a browser.
        timeout_s: How long the code may take.
    """

    run_id: str
    conversation_id: str
    sha256: str
    code: str
    returns: bool
    start_s: float
    timeout_s: float


class ClientCall(Model):
    """A call for a browser to make.

    Attributes:
        id: The run's.
        sha256: Of the code as it was when the call was made: what runs, whatever is edited since.
        error: What the browser said went wrong.
        expires_at: A browser that comes later comes too late.
    """

    id: str
    conversation_id: str
    tool: str
    arguments: JsonObject
    sha256: str
    returns: bool
    timeout_s: float
    status: ClientStatus = ClientStatus.WAITING
    result: JsonValue = None
    error: str | None = None
    created_at: str
    expires_at: str
    started_at: str | None = None
    finished_at: str | None = None


def may_have_browser(principal_id: str) -> bool:
    """Tell whether whoever has this id may sit at a browser; keys are for programs."""
    return bool(principal_id) and not principal_id.startswith(_KEY)


def has_browser(principal: Principal, *, says_so: bool) -> bool:
    """Tell whether a browser follows: a visitor's does, others' clients have to say so."""
    return principal.visitor is not None or (says_so and may_have_browser(principal.id))


def script_of(sha256: str, code: str) -> str:
    """Return the script that hands the code to whoever loads it, under its digest."""
    return (
        f'deftly._register("{sha256}", async (args, deftly) => {{ const bookbag = deftly;\n'
        f"{code}\n}});\n"
    )


def integrity_of(script: str) -> str:
    """Return what a script tag's ``integrity`` names, so that nothing else runs in its place."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def note_of(call: ClientCall, run: Run) -> str | None:
    """Return what a browser reported after the run had ended; None where that says it all."""
    told = run.error is not None and run.error.code == FAILED_CODE
    match call.status:
        case ClientStatus.FAILED if not told:
            return f"The browser reported an error afterwards: {call.error}"
        case ClientStatus.FINISHED if run.status in {Status.FAILED, Status.UNKNOWN}:
            return "The browser reported afterwards that it had finished."
        case _:
            return None
