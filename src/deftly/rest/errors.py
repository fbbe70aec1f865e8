"""From an error to what an HTTP caller is told: one table, one form of body."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from deftly import errors
from deftly.errors import DeftlyError, NotAuthenticated, Problem, TooMany
from deftly.values import JsonObject, dump_json

STATUSES: Final[Mapping[type[DeftlyError], int]] = {
    errors.InvalidRequest: 400,
    errors.BodyTooLarge: 413,
    errors.NotAuthenticated: 401,
    errors.NotAllowed: 403,
    errors.NotFound: 404,
    errors.InvalidDefinition: 400,
    errors.InvalidArguments: 422,
    errors.NameTaken: 409,
    errors.EmailTaken: 409,
    errors.LastOwner: 409,
    errors.EditConflict: 409,
    errors.ReadOnly: 409,
    errors.PreconditionFailed: 412,
    errors.ConfirmationClosed: 409,
    errors.IdempotencyConflict: 409,
    errors.TooMany: 429,
    errors.ConversationBusy: 409,
    errors.ClientCallTaken: 409,
    errors.ClientCallClosed: 409,
    # What happens to a run is an outcome (200); these rows are for what only renders: a preview.
    errors.EgressDenied: 422,
    errors.EgressTimeout: 504,
    errors.EgressFailed: 502,
    errors.ResponseTooLarge: 502,
    errors.ResultUnusable: 502,
    errors.CallerGone: 502,
    errors.NoBrowser: 502,
    errors.ClientFailed: 502,
    errors.NoReport: 504,
    errors.CodeFailed: 502,
    errors.LimitExceeded: 502,
    errors.WidgetDoesNotFit: 422,
    errors.HandlerUnavailable: 422,
    errors.ModelUnavailable: 503,
    errors.ModelAnswerUnusable: 502,
    errors.StoreUnavailable: 503,
    errors.InvalidSettings: 500,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that is not the one asked for.

    Attributes:
        headers: Besides those of every answer; lower-case names.
    """

    status: int
    body: JsonObject
    headers: tuple[tuple[str, str], ...] = ()

    def encoded(self) -> bytes:
        """Return the body as JSON."""
        return dump_json(self.body)


class Send(Protocol):
    """The sending half of an ASGI connection."""

    async def __call__(self, message: dict[str, object], /) -> None:
        """Send one message."""
        ...


def refusal(
    status: int,
    code: str,
    message: str,
    *,
    details: tuple[Problem, ...] = (),
    headers: tuple[tuple[str, str], ...] = (),
) -> Refusal:
    """Return a refusal in the form every refusal has."""
    body: JsonObject = {"error": message, "code": code}
    if details:
        body["details"] = [{"path": one.path, "message": one.message} for one in details]
    return Refusal(status, body, headers)


def refusal_of(fault: DeftlyError) -> Refusal:
    """Return what the caller is told of an error of ours."""
    return refusal(
        STATUSES.get(type(fault), 500),
        fault.code,
        fault.message,
        details=fault.details,
        headers=_headers(fault),
    )


def _headers(fault: DeftlyError) -> tuple[tuple[str, str], ...]:
    match fault:
        case NotAuthenticated():
            return (("www-authenticate", 'Bearer realm="deftly"'),)
        case TooMany():
            return (("retry-after", str(fault.retry_after_s)),)
        case _:
            return ()


def unexpected(reference: str) -> Refusal:
    """Return what the caller is told of a fault of our own; the log has the rest."""
    return refusal(
        500,
        "internal_error",
        f"Deftly failed while answering; the log has the details under {reference}.",
    )
