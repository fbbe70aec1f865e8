"""What can be told of a run beside its record: its request, the guard's verdict, its question.

Nothing of it is written with the run. The request is rendered again from what was recorded;
the verdict follows from how the run ended.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from deftly.catalog.snapshot import Snapshot
from deftly.domain.confirmation import Confirmation
from deftly.domain.handler import HttpHandler
from deftly.domain.run import REFUSED, Run, Status
from deftly.errors import DeftlyError
from deftly.handlers.handler import Invocation

if TYPE_CHECKING:
    from deftly.values import JsonObject

_BLOCKED: Final = "blocked"
_NO_ADDRESS: Final = "dns_failed"
# These come from the connection, which the guard opens after its verdict alone.
_ON_THE_WAY: Final = frozenset({"connect_failed", "timeout", "too_large", "bad_response"})
_DELETED: Final = "The action is deleted, so its request cannot be rendered again."
_CHANGED: Final = (
    "The action was changed since: the run was made with version {version}, and its request cannot "
    "be rendered from a later one."
)


class Verdict(StrEnum):
    """What the guard decided about the target."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    NO_ADDRESS = "no_address"
    NOT_ASKED = "not_asked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rendering:
    """A run's request with secrets by name, or the sentence that says why there is none."""

    request: "JsonObject | None" = None
    why_not: str | None = None


def verdict_of(run: Run, actions: Snapshot) -> Verdict:
    """Return what the guard decided, as far as the record tells."""
    code = "" if run.error is None else run.error.code
    match run.status:
        case Status.CONFIRM_REQUIRED:
            return Verdict.NOT_ASKED
        case status if status in REFUSED or _goes_nowhere(run, actions):
            return Verdict.NOT_ASKED
        case _ if code.startswith(_BLOCKED):
            return Verdict.REFUSED
        case _ if code == _NO_ADDRESS:
            return Verdict.NO_ADDRESS
        case Status.SUCCEEDED:
            return Verdict.ALLOWED
        case _:
            return Verdict.ALLOWED if code in _ON_THE_WAY else Verdict.UNKNOWN


def _goes_nowhere(run: Run, actions: Snapshot) -> bool:
    compiled = actions.by_id.get(run.action_id)
    return compiled is not None and not isinstance(compiled.action.handler, HttpHandler)


def rendering_of(run: Run, question: Confirmation | None, actions: Snapshot) -> Rendering:
    """Return the run's request, rendered from its recorded arguments; nothing is sent."""
    compiled = actions.by_id.get(run.action_id)
    if compiled is None:
        return Rendering(why_not=_DELETED)
    if compiled.action.version != run.action_version:
        return Rendering(why_not=_CHANGED.format(version=run.action_version))
    user, page = ({}, {}) if question is None else (question.user, question.page)
    invocation = Invocation(run_id=run.id, arguments=run.arguments, user=user, page=page)
    try:
        return Rendering(compiled.plan.prepare(invocation).shown)
    except DeftlyError as fault:
        return Rendering(why_not=fault.message)
