"""What a program behind the proxy is told when it cannot have what it asks for."""

from typing import Final

from deftly.errors import DeftlyError, EgressDenied, EgressFailed

_BAD_REQUEST: Final = 400
_NOT_ALLOWED: Final = 403
_NO_WAY: Final = 502
_TOO_LATE: Final = 504
_REASONS: Final = {
    400: "Bad Request",
    403: "Forbidden",
    408: "Request Timeout",
    431: "Request Header Fields Too Large",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
# Which rule refused is for the action's owner: a program could read a network's map off it.
_DENIED: Final = {
    "blocked_scheme": "Only http:// and https:// addresses can be reached from here.",
    "blocked_port": "This port cannot be reached from here.",
}
_DENIED_ELSE: Final = "This host cannot be reached from here."
_FAILED: Final = {
    "dns_failed": "The host's name cannot be looked up.",
    "connect_failed": "The host does not accept a connection.",
}
_FAILED_ELSE: Final = "The host's answer cannot be used."


class ProxyRefused(Exception):
    """An answer of the proxy's own instead of the target's."""

    def __init__(self, status: int, sentence: str) -> None:
        """Take what is told."""
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence

    def written(self) -> bytes:
        """Return it as it is sent."""
        body = f"{self.sentence}\n".encode()
        lines = (
            f"HTTP/1.1 {self.status} {_REASONS[self.status]}",
            "Content-Type: text/plain; charset=utf-8",
            f"Content-Length: {len(body)}",
            "Connection: close",
        )
        return "\r\n".join((*lines, "", "")).encode() + body


def malformed(sentence: str) -> ProxyRefused:
    """Return the refusal of a request that is none this proxy takes."""
    return ProxyRefused(_BAD_REQUEST, sentence)


def late(sentence: str) -> ProxyRefused:
    """Return the answer in place of one that did not come in time."""
    return ProxyRefused(_TOO_LATE, sentence)


def unusable() -> ProxyRefused:
    """Return the answer in place of one that is not HTTP."""
    return ProxyRefused(_NO_WAY, _FAILED_ELSE)


def refused_by(fault: DeftlyError) -> ProxyRefused:
    """Return what is told of the guard's refusal or failure; never an address."""
    match fault:
        case EgressDenied():
            return ProxyRefused(_NOT_ALLOWED, _DENIED.get(fault.verdict, _DENIED_ELSE))
        case EgressFailed():
            return ProxyRefused(_NO_WAY, _FAILED.get(fault.verdict, _FAILED_ELSE))
        case _:
            return late("The host took too long.")
