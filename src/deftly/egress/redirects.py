"""Redirects: which answers are followed, how far, and what goes along."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NoReturn

from deftly.egress.message import Headers, OutboundRequest, values_of
from deftly.egress.url import join
from deftly.errors import EgressDenied

MAX_HOPS: Final = 3

_STATUSES: Final = frozenset({301, 302, 303, 307, 308})
_SAFE_METHODS: Final = frozenset({"GET", "HEAD"})


def locations(request: OutboundRequest, status: int, headers: Headers) -> tuple[str, ...]:
    """Return every ``Location`` of an answer that may be followed; after a write none may."""
    if status not in _STATUSES or request.method not in _SAFE_METHODS:
        return ()
    return values_of(headers, "location")


def next_request(request: OutboundRequest, locations: Sequence[str], hop: int) -> OutboundRequest:
    """Return the request for the place the answer points at.

    Args:
        request: The one that was answered.
        locations: Every ``Location`` of the answer.
        hop: How many redirects were followed before.

    Raises:
        EgressDenied: ``blocked_redirect``, whatever rule the place breaks.
    """
    if hop >= MAX_HOPS:
        _refuse(f"The answer redirects more than {MAX_HOPS} times.")
    if len(set(locations)) > 1:
        _refuse("The answer redirects to several places at once.")
    try:
        target = join(request.target, locations[0])
    except EgressDenied as fault:
        raise as_redirect(fault) from fault
    if request.target.scheme == "https" and target.scheme == "http":
        _refuse("The answer redirects from https to http.")
    # A person was shown the authority: another port of the host is somebody else's server, too.
    if request.stay_on_host and target.authority != request.target.authority:
        other = "port" if target.host == request.target.host else "host"
        _refuse(f"The answer redirects to another {other}, which was not confirmed.")
    if target.origin == request.target.origin:
        return replace(request, target=target)
    return replace(request, target=target, headers=_headers_for_strangers(request), body=None)


def as_redirect(fault: EgressDenied) -> EgressDenied:
    """Return the refusal of a place that an answer pointed at, not the owner of the action."""
    message = f"The answer redirects to a place that is refused. {fault.message}"
    return EgressDenied(
        "blocked_redirect", message, internal=f"{fault.verdict} {fault.internal}".rstrip()
    )


def _headers_for_strangers(request: OutboundRequest) -> tuple[tuple[str, str], ...]:
    owned = request.owner_headers
    if owned is None:
        return ()
    return tuple((name, value) for name, value in request.headers if name.lower() not in owned)


def _refuse(message: str) -> NoReturn:
    raise EgressDenied("blocked_redirect", message)
