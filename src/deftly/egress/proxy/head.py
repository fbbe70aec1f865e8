"""The head of a request to the proxy: read strictly, and written anew for the target.

Two readers that disagree about where a request ends make two requests of one. Whatever is
written in more than one way here is refused.
"""

import re
from dataclasses import dataclass
from typing import Final

from deftly.domain.fields import OF_ONE_CONNECTION
from deftly.egress.message import Headers, OutboundRequest, check_request, values_of
from deftly.egress.proxy.refusing import malformed
from deftly.egress.url import Target, parse_url
from deftly.errors import EgressDenied

MAX_HEAD_BYTES: Final = 16_384
MAX_HEADERS: Final = 100

_REQUEST: Final = re.compile(r"([A-Z]{1,16}) ([\x21-\x7e]+) HTTP/1\.([01])")
# A host and always a port; which ones may be is judged by the parser of URLs.
_AUTHORITY: Final = re.compile(r"([^/?#@]+|\[[^/?#@\]]+\]):[0-9]+")
_HEADER: Final = re.compile(r"([^\s:]+):[ \t]*(.*?)[ \t]*")
_LENGTH: Final = re.compile(r"[0-9]{1,15}")
_TUNNEL: Final = "CONNECT"
_PROXY: Final = "proxy-"


@dataclass(frozen=True, slots=True)
class ProxyRequest:
    """What a program asks of the proxy.

    Attributes:
        target: Where to.
        outbound: The request to send on; None for a tunnel.
        length_bytes: Of the body; None when it comes in chunks.
        waits: The program sends its body when it is told to go on.
    """

    target: Target
    outbound: OutboundRequest | None = None
    length_bytes: int | None = 0
    waits: bool = False

    def written(self, outbound: OutboundRequest) -> bytes:
        """Return the head as the target gets it."""
        lines = [
            f"{outbound.method} {self.target.path} HTTP/1.1",
            f"Host: {self.target.authority}",
            *(f"{name}: {value}" for name, value in outbound.headers),
        ]
        if self.length_bytes is None:
            lines.append("Transfer-Encoding: chunked")
        elif self.length_bytes or _has_body(outbound.method):
            lines.append(f"Content-Length: {self.length_bytes}")
        return "\r\n".join((*lines, "Connection: close", "", "")).encode("ascii")


def parse_head(head: bytes) -> ProxyRequest:
    """Return the request whose head this is, the blank line included.

    Raises:
        ProxyRefused: It is not exactly one request, or one that is not for a proxy.
        EgressDenied: Its target is no URL of HTTP.
    """
    try:
        first, *lines = head.decode("ascii").removesuffix("\r\n\r\n").split("\r\n")
    except UnicodeDecodeError:
        raise malformed("The request's head holds something other than ASCII.") from None
    request = _REQUEST.fullmatch(first)
    if request is None:
        raise malformed("The request's first line is not one of HTTP/1.1.")
    headers = _parse_headers(lines)
    method, place = request[1], request[2]
    if method == _TUNNEL:
        return _tunnel(place, headers)
    target = _absolute(place)
    outbound = OutboundRequest(method, target, _passed_on(headers))
    try:
        check_request(outbound)
    except EgressDenied as fault:
        raise malformed(fault.message) from fault
    return ProxyRequest(
        target,
        outbound,
        _length(headers, is_old=request[3] == "0"),
        waits="100-continue" in (one.lower() for one in values_of(headers, "expect")),
    )


def _parse_headers(lines: list[str]) -> Headers:
    if len(lines) > MAX_HEADERS:
        raise malformed(f"The request has more than {MAX_HEADERS} headers.")
    headers: list[tuple[str, str]] = []
    for line in lines:
        found = _HEADER.fullmatch(line)
        if found is None:
            raise malformed("A header of the request is not a name, a colon and a value.")
        headers.append((found[1], found[2]))
    if len(values_of(tuple(headers), "host")) > 1:
        raise malformed("The request has two Host headers.")
    return tuple(headers)


def _tunnel(place: str, headers: Headers) -> ProxyRequest:
    if not _AUTHORITY.fullmatch(place):
        raise malformed("CONNECT takes a host and a port, such as example.com:443.")
    if any(name.lower() in {"content-length", "transfer-encoding"} for name, _ in headers):
        raise malformed("A CONNECT request has no body.")
    return ProxyRequest(parse_url(f"https://{place}/"))


def _absolute(place: str) -> Target:
    target = parse_url(place)
    if target.scheme != "http":
        raise malformed("The proxy takes http:// addresses; https:// goes through CONNECT.")
    return target


def _passed_on(headers: Headers) -> Headers:
    """Return what speaks to the target alone; what names a header of one connection goes too."""
    named = {
        one.strip().lower()
        for value in values_of(headers, "connection")
        for one in value.split(",")
    }
    return tuple(
        (name, value)
        for name, value in headers
        if name.lower() not in OF_ONE_CONNECTION | named and not name.lower().startswith(_PROXY)
    )


def _length(headers: Headers, *, is_old: bool) -> int | None:
    lengths = values_of(headers, "content-length")
    codings = values_of(headers, "transfer-encoding")
    if codings:
        if lengths or is_old or len(codings) > 1 or codings[0].lower() != "chunked":
            raise malformed("The request says in two ways, or an unknown one, where it ends.")
        return None
    if len(lengths) > 1 or not all(_LENGTH.fullmatch(one) for one in lengths):
        raise malformed("The request's Content-Length is not one number.")
    return int(lengths[0]) if lengths else 0


def _has_body(method: str) -> bool:
    return method in {"POST", "PUT", "PATCH"}
