"""What goes out and what comes back, as values."""

import re
from functools import lru_cache
from typing import Final, TypeAlias

from deftly.domain.fields import OF_ONE_CONNECTION
from deftly.egress.url import Target
from deftly.errors import EgressDenied
from deftly.values import light_value

MAX_TIMEOUT_S: Final = 60.0
LIMIT_BYTES: Final = 1_048_576

_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_NAME: Final = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")  # token, RFC 9110 section 5.6.2
_VALUE: Final = re.compile(r"[\t\x20-\x7e]*")
# These say where a message goes and where it ends. Written by anyone but the sender itself
# they turn one request into another, or into two.
_FRAMING: Final = OF_ONE_CONNECTION | {
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
}

Headers: TypeAlias = tuple[tuple[str, str], ...]


@light_value
class OutboundRequest:
    """One request as it is to be sent.

    Attributes:
        method: Upper case: GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.
        target: From `parse_url`.
        headers: Names and values, visible ASCII. ``Accept``, ``Accept-Encoding`` and
            ``User-Agent`` are added when absent, nothing else is.
        body: Sent as it is; the type goes into ``headers``.
        timeout_s: For everything together: DNS, every hop, reading. 60 at most.
        limit_bytes: Of the answer's body, unpacked.
        owner_headers: Lower-case names that stay with the first origin when a redirect leads to
            another; None means all of ``headers``. The body always stays.
        stay_on_host: Refuse a redirect to another host, or to another port of it.
    """

    method: str
    target: Target
    headers: Headers = ()
    body: bytes | None = None
    timeout_s: float = 15.0
    limit_bytes: int = LIMIT_BYTES
    owner_headers: frozenset[str] | None = None
    stay_on_host: bool = False


@light_value
class InboundResponse:
    """One answer, read to its end.

    Attributes:
        status: 200 to 999.
        headers: As received, in order, repeated names included.
        body: Unpacked.
        target: Where it came from, after redirects.
        sent_bytes: Of bodies, over all hops.
        received_bytes: Of the body as it came over the wire.
    """

    status: int
    headers: Headers
    body: bytes
    target: Target
    sent_bytes: int
    received_bytes: int

    def header(self, name: str) -> str | None:
        """Return the first value of the header, whatever the case of its name."""
        return next(iter(values_of(self.headers, name.lower())), None)


def values_of(headers: Headers, wanted: str) -> tuple[str, ...]:
    """Return every value of the header that is ``wanted`` in lower case."""
    return tuple([value for name, value in headers if name.lower() == wanted])


def check_request(request: OutboundRequest) -> None:
    """Refuse a method or header that would make another request of this one.

    Raises:
        EgressDenied: ``blocked_host``.
    """
    if request.method not in _METHODS:
        raise EgressDenied("blocked_host", f"The method has to be one of {sorted(_METHODS)}.")
    for name, value in request.headers:
        _check_name(name)
        if not _VALUE.fullmatch(value):
            raise EgressDenied(
                "blocked_host", f"The header {name} holds something other than visible ASCII."
            )


@lru_cache(maxsize=1_024)
def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise EgressDenied("blocked_host", f"The header name {name!r} is not a valid one.")
    if name.lower() in _FRAMING:
        raise EgressDenied(
            "blocked_host", f"The header {name} is written by the sender alone; remove it."
        )
