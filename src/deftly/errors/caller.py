"""What a caller can put right."""

from deftly.errors.root import DeftlyError, Problem


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
