"""Why a run that had started did not succeed."""

from deftly.errors.root import DeftlyError


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


class CodeFailed(RunError):
    """The code threw, or returned what is no JSON; the message names its line."""

    code = "code_failed"


class LimitExceeded(RunError):
    """The code or the command used more than a run may; the message names the limit."""

    code = "limit_exceeded"
