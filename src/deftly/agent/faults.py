"""What goes wrong between us and a model, in sentences for the person who waits."""

from collections.abc import Mapping
from typing import Final

import structlog
from pydantic_ai import exceptions as known

from deftly.agent.events import TurnFailed
from deftly.errors import DeftlyError, ModelUnavailable

_log = structlog.get_logger(__name__)

FAULTS: Final = (DeftlyError, known.AgentRunError, known.UserError)

# The first row that fits counts, so special cases stand before general ones.
_SENTENCES: Final[Mapping[type[Exception], tuple[str, str]]] = {
    known.UsageLimitExceeded: (
        "too_many_steps",
        "I stopped after too many steps without an answer. Ask for less at once.",
    ),
    known.RunTimedOut: ("model_timeout", "The answer took too long and was stopped."),
    known.RunCancelled: ("stopped", "The answer was stopped before it was complete."),
    known.ModelAuthenticationError: (
        ModelUnavailable.code,
        "The model's server refused the key. Check model_api_key and model_base_url.",
    ),
    known.ModelNotFoundError: (
        ModelUnavailable.code,
        "The model's server does not know this model. Check model and model_base_url.",
    ),
    known.ModelRateLimitError: (
        ModelUnavailable.code,
        "The model's server asks to wait: too many requests. Try again in a minute.",
    ),
    known.ModelQuotaExceededError: (
        ModelUnavailable.code,
        "The account at the model's provider has no credit left.",
    ),
    known.ModelContextWindowExceededError: (
        "conversation_too_long",
        "The conversation is longer than the model can read. Start a new one.",
    ),
    known.ModelTimeoutError: (
        "model_timeout",
        "The model's server fell silent for too long. Try again, or ask for less at once.",
    ),
    known.ModelRequestTimeout: (
        "model_timeout",
        "The model's server took too long to begin its answer. Try again in a minute.",
    ),
    known.ModelConnectionError: (
        ModelUnavailable.code,
        "The model's server cannot be reached or broke off. Check model_base_url and that it runs.",
    ),
    known.ModelUnavailableError: (
        ModelUnavailable.code,
        "The model's server cannot answer now: it is overloaded or down. Try again in a minute.",
    ),
    known.ModelServerError: (
        ModelUnavailable.code,
        "The model's server has a fault of its own. Try again; the log has the details.",
    ),
    known.ModelRequestRejectedError: (
        ModelUnavailable.code,
        "The model's server did not take this request. Check model; the log has the details.",
    ),
    known.ModelAPIError: (
        ModelUnavailable.code,
        "The model's server answered with an error. Try again; the log has the details.",
    ),
    known.UnexpectedModelBehavior: (
        "model_answer_unusable",
        "The model answered something that cannot be used. Try other words.",
    ),
}
TOO_LONG: Final = TurnFailed(
    "answer_too_long", "The answer was too long and was stopped. Ask for less at once."
)
_OTHER: Final = ("model_error", "The model could not finish this turn; the log has the details.")


def turn_failed(fault: Exception) -> TurnFailed:
    """Return the event for a turn that broke off; a provider's own words are for the log."""
    internal = fault.internal if isinstance(fault, DeftlyError) else str(fault)
    _log.warning("turn_failed", error=type(fault).__name__, internal=internal)
    if isinstance(fault, DeftlyError):
        return TurnFailed(fault.code, fault.message)
    for kind, (code, sentence) in _SENTENCES.items():
        if isinstance(fault, kind):
            return TurnFailed(code, sentence)
    return TurnFailed(*_OTHER)
