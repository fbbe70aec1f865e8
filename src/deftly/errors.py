"""Everything that can go wrong, on one page.

    DeftlyError
      x CallerError          the caller can put it right
        + InvalidRequest  + BodyTooLarge  + NotAuthenticated  + NotAllowed  + NotFound
        + InvalidDefinition  + InvalidArguments  + NameTaken  + EditConflict  + ReadOnly
        + EmailTaken  + LastOwner
        + PreconditionFailed  + ConfirmationClosed (carries the status)  + IdempotencyConflict
        + TooMany (carries the wait)  + ConversationBusy  + ClientCallTaken  + ClientCallClosed
      x RunError             the run started and did not succeed
        + EgressDenied (carries the verdict)  + EgressTimeout  + EgressFailed  + ResponseTooLarge
        + ResultUnusable  + CallerGone  + WidgetDoesNotFit  + NoBrowser  + ClientFailed  + NoReport
      x Unavailable          not now, or not here
        + HandlerUnavailable  + ModelUnavailable  + ModelAnswerUnusable  + StoreUnavailable
      x OperatorError        the operator's settings or files are at fault
        + InvalidSettings

A leaf has a stable ``code``, a ``message`` any caller may read, ``details`` that name the fields
at fault, ``internal`` for the log alone. Each door owns a table from class to its own status.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, and where.

    Attributes:
        path: The field, such as ``handler.url`` or ``parameters[0].name``; empty for the whole.
        message: A sentence that says what is wrong and what to do.
    """

    path: str
    message: str


class DeftlyError(Exception):
    """The root. Raise a leaf."""

    code: ClassVar[str] = "error"

    def __init__(
        self, message: str, *, details: Iterable[Problem] = (), internal: str = ""
    ) -> None:
        """Keep what callers are told apart from what the log is told."""
        super().__init__(message)
        self.message = message
        self.details = tuple(details)
        self.internal = internal


class CallerError(DeftlyError):
    """The caller can put it right."""


class InvalidRequest(CallerError):
    """The request is not of the form the door takes."""

    code = "invalid_request"


class BodyTooLarge(CallerError):
    """The body is over the limit."""

    code = "body_too_large"


class NotAuthenticated(CallerError):
    """Nobody known is calling."""

    code = "not_authenticated"


class NotAllowed(CallerError):
    """Somebody known is calling, without the scope this needs."""

    code = "not_allowed"


class NotFound(CallerError):
    """It is not there, or not there for this caller."""

    code = "not_found"


class InvalidDefinition(CallerError):
    """A definition can never work as it is written."""

    code = "invalid_definition"


class InvalidArguments(CallerError):
    """The arguments do not fit the declared parameters; ``details`` lists every problem."""

    code = "invalid_arguments"


class NameTaken(CallerError):
    """Another definition has this name already."""

    code = "name_taken"


class EmailTaken(CallerError):
    """Another user has this e-mail address already."""

    code = "email_taken"


class LastOwner(CallerError):
    """Nobody who can sign in would be an owner afterwards."""

    code = "last_owner"


class EditConflict(CallerError):
    """The definition was changed meanwhile in a way that cannot be merged."""

    code = "conflict"


class ReadOnly(CallerError):
    """The file or its folder cannot be written."""

    code = "read_only"


class PreconditionFailed(CallerError):
    """``If-Match`` names a version that is not the current one."""

    code = "precondition_failed"


class ConfirmationClosed(CallerError):
    """The confirmation is expired, denied or void."""

    code = "confirmation_closed"

    def __init__(self, message: str, *, status: str) -> None:
        """Carry the status it ended with."""
        super().__init__(message, details=[Problem("status", status)])
        self.status = status


class IdempotencyConflict(CallerError):
    """The idempotency key was used before with other arguments."""

    code = "idempotency_conflict"


class TooMany(CallerError):
    """A limit is reached; waiting helps."""

    code = "too_many"

    def __init__(self, message: str, *, retry_after_s: int) -> None:
        """Carry how many seconds to wait."""
        super().__init__(message)
        self.retry_after_s = retry_after_s


class ConversationBusy(CallerError):
    """A turn of this conversation is under way; there is one at a time."""

    code = "conversation_busy"


class ClientCallTaken(CallerError):
    """Another tab has started this client call, or nobody waits for it any more."""

    code = "already_started"


class ClientCallClosed(CallerError):
    """This client call was not started, or it has ended."""

    code = "not_under_way"


class RunError(DeftlyError):
    """The run started and did not succeed."""


class EgressDenied(RunError):
    """The guard refused the target.

    Attributes:
        verdict: ``blocked_`` and one of ``scheme host address port redirect``.
    """

    code = "blocked"

    def __init__(self, verdict: str, message: str, *, internal: str = "") -> None:
        """Carry the verdict; an address belongs into ``internal`` only."""
        super().__init__(message, internal=internal)
        self.verdict = verdict


class EgressTimeout(RunError):
    """The deadline passed before the answer was complete."""

    code = "timeout"


class EgressFailed(RunError):
    """The target could not be reached, or answered something that is not HTTP.

    Attributes:
        verdict: ``dns_failed | connect_failed | bad_response``.
    """

    code = "egress_failed"

    def __init__(self, verdict: str, message: str, *, internal: str = "") -> None:
        """Carry which step failed."""
        super().__init__(message, internal=internal)
        self.verdict = verdict


class ResponseTooLarge(RunError):
    """The answer is over the limit."""

    code = "too_large"


class ResultUnusable(RunError):
    """The answer came, and the definition's result path cannot be applied to it."""

    code = "result_unusable"


class CallerGone(RunError):
    """Whoever asked went away before the answer was there."""

    code = "caller_gone"


class WidgetDoesNotFit(RunError):
    """No card can be made of this widget and this data; the message is for its owner."""

    code = "widget_failed"


class NoBrowser(RunError):
    """The action runs in a browser, and none was there to take it; nothing was started."""

    code = "no_browser"


class ClientFailed(RunError):
    """The code in the browser threw; the message is the browser's, bounded."""

    code = "client_failed"


class NoReport(RunError):
    """The browser started the code and did not tell in time how it ended."""

    code = "timeout"


class Unavailable(DeftlyError):
    """Not now, or not here."""


class HandlerUnavailable(Unavailable):
    """This installation cannot carry out this kind of action."""

    code = "handler_unavailable"


class ModelUnavailable(Unavailable):
    """No model is configured, or it cannot be reached."""

    code = "model_unavailable"


class ModelAnswerUnusable(Unavailable):
    """The model answered, and nothing can be made of it."""

    code = "model_answer_unusable"


class StoreUnavailable(Unavailable):
    """The store cannot be written or read now; nothing was sent."""

    code = "store_unavailable"


class OperatorError(DeftlyError):
    """The operator's settings or files are at fault; nothing starts."""


class InvalidSettings(OperatorError):
    """A setting is wrong; the message names it, its value's fault and the fix."""

    code = "invalid_settings"
