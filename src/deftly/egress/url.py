"""The strict URL parser: what it returns is what is judged, dialled and sent, byte for byte.

No other parser decides anything on the way out. A URL that two parsers could read differently
is refused instead of being read.
"""

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final, NoReturn

from deftly.egress.hosts import HostFault, IPAddress, canonical_host, parse_ipv6
from deftly.errors import EgressDenied
from deftly.values import light_value

MAX_URL_LENGTH: Final = 16_384
MAX_AUTHORITY_LENGTH: Final = 300  # the longest name, its dot, a colon and a port, and then some
DEFAULT_PORTS: Final = {"http": 80, "https": 443}

_MAX_PORT: Final = 65_535
_SCHEME: Final = re.compile(r"([hH][tT][tT][pP][sS]?)://")
_ANY_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NEVER: Final = re.compile(r"[\x00-\x20\x7f-\x9f\\]")
_AUTHORITY_END: Final = re.compile(r"[/?#]")
_PORT: Final = re.compile(r"[1-9][0-9]{0,4}|0")
# RFC 3986 has no place for these in a path or query; every server reads the encoded form alike.
_ENCODED: Final = re.compile(r'["<>^`{|}]|[^\x00-\x7f]')


@light_value
class Target:
    """Where one request goes.

    Attributes:
        scheme: ``http`` or ``https``.
        host: Lower-case A-labels without a trailing dot, a dotted quad, or a compressed IPv6
            address without brackets.
        port: 1 to 65535, always given.
        path: Path and query exactly as sent; starts with ``/``. Dot segments stay as written.
        literal: The address, when the host is one.
    """

    scheme: str
    host: str
    port: int
    path: str
    literal: IPAddress | None = None

    @property
    def authority(self) -> str:
        """The host and, unless it is the scheme's own, the port: what ``Host`` says."""
        own_port = self.port == DEFAULT_PORTS[self.scheme]
        return self._bracketed if own_port else self.place

    @property
    def place(self) -> str:
        """The host and always the port."""
        return f"{self._bracketed}:{self.port}"

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def origin(self) -> str:
        """Scheme, host and port; equal for equal origins."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The whole URL; parsing it gives an equal target."""
        return f"{self.origin}{self.path}"


def parse_url(text: str) -> Target:
    """Return the target of an absolute URL; its fragment is dropped, an empty query too.

    Raises:
        EgressDenied: ``blocked_scheme``, ``blocked_host`` or ``blocked_port``.
    """
    if len(text) > MAX_URL_LENGTH:
        _deny("blocked_host", f"The URL is longer than {MAX_URL_LENGTH} characters.")
    scheme = _SCHEME.match(text)
    if scheme is None:
        _deny("blocked_scheme", "The URL has to start with http:// or https://.")
    if _NEVER.search(text):
        _deny(
            "blocked_host",
            "The URL holds a blank, a control character or a backslash; percent-encode it.",
        )
    end = _AUTHORITY_END.search(text, scheme.end())
    cut = end.start() if end else len(text)
    host, literal, port = _parse_authority(text[scheme.end() : cut])
    name = scheme[1].lower()
    return Target(name, host, port or DEFAULT_PORTS[name], _parse_path(text[cut:]), literal)


# An action's authority is the same in every call, and reading it is most of the work.
@lru_cache(maxsize=1_024)
def _parse_authority(text: str) -> tuple[str, IPAddress | None, int | None]:
    if len(text) > MAX_AUTHORITY_LENGTH:
        _deny("blocked_host", f"The host is longer than {MAX_AUTHORITY_LENGTH} characters.")
    if "@" in text:
        _deny(
            "blocked_host",
            "The URL carries a user name or password in front of its host; use a header.",
        )
    try:
        if text.startswith("["):
            inner, bracket, rest = text[1:].partition("]")
            if not bracket or (rest and not rest.startswith(":")):
                raise HostFault("The brackets around the IPv6 address are not in order.")  # noqa: TRY301
            address = parse_ipv6(inner)
            return address.compressed, address, _parse_port(rest)
        host, colon, port = text.partition(":")
        name, literal = canonical_host(host)
    except HostFault as fault:
        _deny("blocked_host", str(fault))
    return name, literal, _parse_port(colon + port)


def _parse_port(text: str) -> int | None:
    """Return the number after the colon; an absent port is None, an empty one is refused."""
    if not text:
        return None
    if not _PORT.fullmatch(text, 1):
        _deny("blocked_port", "The port is not a plain decimal number.")
    port = int(text[1:])
    if not 0 < port <= _MAX_PORT:
        _deny("blocked_port", f"The port is not between 1 and {_MAX_PORT}.")
    return port


def _parse_path(text: str) -> str:
    path = text.partition("#")[0]
    if not path.startswith("/"):
        path = f"/{path}"
    bare, question, query = path.partition("?")
    if question and not query:
        path = bare
    try:
        return _ENCODED.sub(_percent_encode, path)
    except UnicodeEncodeError:
        _deny("blocked_host", "The URL holds half of a surrogate pair, which is no text.")


def _percent_encode(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def join(target: Target, location: str) -> Target:
    """Return where a ``Location`` leads from the target (RFC 3986 section 5.2, strict).

    Raises:
        EgressDenied: ``blocked_redirect`` for an empty location, else as `parse_url`.
    """
    if not location:
        _deny("blocked_redirect", "The answer redirects without saying where to.")
    reference = location.partition("#")[0]
    base, _, _ = target.path.partition("?")
    if _ANY_SCHEME.match(reference):
        return _without_dots(parse_url(reference))
    if reference.startswith("//"):
        return _without_dots(parse_url(f"{target.scheme}:{reference}"))
    if not reference:
        return target
    if reference.startswith("?"):
        return parse_url(f"{target.origin}{base}{reference}")
    if not reference.startswith("/"):
        reference = f"{base.rpartition('/')[0]}/{reference}"
    return _without_dots(parse_url(f"{target.origin}{reference}"))


def _without_dots(target: Target) -> Target:
    """Return the target with its path's dot segments resolved (RFC 3986 section 5.2.4)."""
    path, question, query = target.path.partition("?")
    segments = path.split("/")[1:]
    kept: list[str] = []
    for segment in segments:
        match segment:
            case ".":
                pass
            case "..":
                del kept[-1:]
            case _:
                kept.append(segment)
    if segments[-1] in {".", ".."}:
        kept.append("")
    return replace(target, path=f"/{'/'.join(kept)}{question}{query}")


def _deny(verdict: str, message: str) -> NoReturn:
    raise EgressDenied(verdict, message)
