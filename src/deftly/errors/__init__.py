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
        + CodeFailed  + LimitExceeded
      x Unavailable          not now, or not here
        + HandlerUnavailable  + ModelUnavailable  + ModelAnswerUnusable  + StoreUnavailable
      x OperatorError        the operator's settings or files are at fault
        + InvalidSettings

A leaf has a stable ``code``, a ``message`` any caller may read, ``details`` that name the fields
at fault, ``internal`` for the log alone. Each door owns a table from class to its own status.
"""

from deftly.errors.caller import (
    BodyTooLarge,
    CallerError,
    ClientCallClosed,
    ClientCallTaken,
    ConfirmationClosed,
    ConversationBusy,
    EditConflict,
    EmailTaken,
    IdempotencyConflict,
    InvalidArguments,
    InvalidDefinition,
    InvalidRequest,
    LastOwner,
    NameTaken,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    PreconditionFailed,
    ReadOnly,
    TooMany,
)
from deftly.errors.operating import (
    HandlerUnavailable,
    InvalidSettings,
    ModelAnswerUnusable,
    ModelUnavailable,
    OperatorError,
    StoreUnavailable,
    Unavailable,
)
from deftly.errors.root import DeftlyError, Problem
from deftly.errors.running import (
    CallerGone,
    ClientFailed,
    CodeFailed,
    EgressDenied,
    EgressFailed,
    EgressTimeout,
    LimitExceeded,
    NoBrowser,
    NoReport,
    ResponseTooLarge,
    ResultUnusable,
    RunError,
    WidgetDoesNotFit,
)

__all__ = [
    "BodyTooLarge",
    "CallerError",
    "CallerGone",
    "ClientCallClosed",
    "ClientCallTaken",
    "ClientFailed",
    "CodeFailed",
    "ConfirmationClosed",
    "ConversationBusy",
    "DeftlyError",
    "EditConflict",
    "EgressDenied",
    "EgressFailed",
    "EgressTimeout",
    "EmailTaken",
    "HandlerUnavailable",
    "IdempotencyConflict",
    "InvalidArguments",
    "InvalidDefinition",
    "InvalidRequest",
    "InvalidSettings",
    "LastOwner",
    "LimitExceeded",
    "ModelAnswerUnusable",
    "ModelUnavailable",
    "NameTaken",
    "NoBrowser",
    "NoReport",
    "NotAllowed",
    "NotAuthenticated",
    "NotFound",
    "OperatorError",
    "PreconditionFailed",
    "Problem",
    "ReadOnly",
    "ResponseTooLarge",
    "ResultUnusable",
    "RunError",
    "StoreUnavailable",
    "TooMany",
    "Unavailable",
    "WidgetDoesNotFit",
]
