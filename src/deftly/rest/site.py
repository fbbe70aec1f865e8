"""Who we are on the web: the hosts we answer to and the origins that may call.

A page of another site can make a browser send requests here (CSRF), and can point its
own name at our address (DNS rebinding). Both end before anything is looked at.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address
from typing import Final
from urllib.parse import urlsplit

from deftly.rest.errors import Refusal, refusal
from deftly.values import light_value

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_DEFAULT_PORTS: Final = {"http": "80", "https": "443"}
_UNSPECIFIED: Final = frozenset({"0.0.0.0", "::"})  # noqa: S104 - named to be refused
_LOOPBACK_NAMES: Final = ("localhost", "127.0.0.1", "[::1]")
_OWN_FETCHES: Final = frozenset({"same-origin", "none"})
# What a browser says where a page has no origin of its own, RFC 6454; nobody is ever called so.
_NOWHERE: Final = "null"
_IPV6_OF_ONE: Final = 64  # bits of the network that one customer is given, RFC 6177


@light_value
class Visit:
    """How a request reached us, trusted proxies taken into account.

    Attributes:
        host: The authority asked for, lower-case; empty where none was named.
        scheme: ``http`` or ``https``.
    """

    host: str
    scheme: str
    origin: str | None
    fetch_site: str | None


@dataclass(frozen=True)
class Site:
    """What the operator's settings say about our place on the web.

    Attributes:
        host: Where the listener is bound.
        port: The port it got.
        allowed_origins: Lower-case, without a trailing slash.
    """

    host: str
    port: int
    public_url: str = ""
    allowed_hosts: tuple[str, ...] = ()
    allowed_origins: tuple[str, ...] = ()
    proxies: tuple[IPv4Network | IPv6Network, ...] = ()

    @cached_property
    def _known(self) -> frozenset[str]:
        bound = [] if self.host in _UNSPECIFIED else [_bracketed(self.host.lower())]
        ours = {f"{name}:{self.port}" for name in (*_LOOPBACK_NAMES, *bound)}
        if self.port == int(_DEFAULT_PORTS["http"]):
            ours |= {*_LOOPBACK_NAMES, *bound}
        public = urlsplit(self.public_url).netloc.lower()
        return frozenset(ours | {*self.allowed_hosts} | ({public} if public else set()))

    @cached_property
    def _own_origins(self) -> frozenset[str]:
        parts = urlsplit(self.public_url)
        return frozenset({f"{parts.scheme}://{parts.netloc}".lower()} if self.public_url else ())

    @cached_property
    def _known_origins(self) -> frozenset[str]:
        return self._own_origins | {*self.allowed_origins}

    @property
    def base_url(self) -> str:
        """Where people reach this server, without a trailing slash."""
        host = "127.0.0.1" if self.host in _UNSPECIFIED else _bracketed(self.host)
        return self.public_url or f"http://{host}:{self.port}"

    def invitation_link(self, token: str) -> str:
        """Return the link with which a user sets their password."""
        return f"{self.base_url}/invitation#{token}"

    def visit(self, headers: Iterable[tuple[bytes, bytes]], peer: str | None, scheme: str) -> Visit:
        """Return how the request reached us; ``peer`` is the address it came from."""
        found: dict[bytes, str] = {}
        hosts = origins = 0
        for name, value in headers:
            if name in _LOOKED_AT:
                hosts += name == b"host"
                origins += name == b"origin"
                found[name] = value.decode("latin-1").strip().lower()
        if origins > 1:
            found[b"origin"] = _NOWHERE
        host = found.get(b"host", "") if hosts == 1 else ""
        if self.proxies and self._trusts(peer):
            host = found.get(b"x-forwarded-host", host)
            scheme = found.get(b"x-forwarded-proto", scheme)
        return Visit(host, scheme, found.get(b"origin"), found.get(b"sec-fetch-site"))

    def address(self, headers: Iterable[tuple[bytes, bytes]], peer: str | None) -> str:
        """Return whose address a request came from, the way trusted proxies tell it.

        An IPv6 one is told as its network: whoever has one address has the whole of it.
        """
        hops = [
            hop.strip()
            for name, value in headers
            if name == b"x-forwarded-for"
            for hop in value.decode("latin-1").split(",")
        ]
        found = peer or ""
        # Each trusted proxy added the hop before it; what stands further left anybody may write.
        while hops and self.proxies and self._trusts(found):
            found = hops.pop()
        return _network_of(found)

    def _trusts(self, peer: str | None) -> bool:
        try:
            address = ip_address(peer or "")
        except ValueError:
            return False
        return any(address in network for network in self.proxies)

    def refuses_host(self, visit: Visit) -> Refusal | None:
        """Return why the request was meant for somebody else, if it was."""
        if visit.host in self._known or _without_port(visit.host) in self.allowed_hosts:
            return None
        shown = visit.host or "(none)"
        return refusal(
            421,
            "unknown_host",
            f"This server does not answer for the host {shown}; "
            "an operator adds it to allowed_hosts or public_url.",
        )

    def refuses_origin(self, visit: Visit, method: str) -> Refusal | None:
        """Return why a web page may not send this, if it may not."""
        if visit.origin is not None:
            if self.is_allowed(visit.origin) or _is_same(visit.origin, visit):
                return None
            return refusal(
                403,
                "foreign_origin",
                "Pages of this origin may not call; an operator adds it to allowed_origins.",
            )
        foreign = visit.fetch_site is not None and visit.fetch_site not in _OWN_FETCHES
        if foreign and method not in SAFE_METHODS:
            return refusal(403, "foreign_origin", "A page of another site may not send this.")
        return None

    def is_ours(self, origin: str) -> bool:
        """Tell whether it is one of our own addresses."""
        scheme, _, authority = origin.partition("://")
        plain = authority.removesuffix(f":{_DEFAULT_PORTS.get(scheme)}")
        return origin in self._own_origins or plain in self._known

    def is_allowed(self, origin: str) -> bool:
        """Tell whether the operator lets pages of this origin call."""
        return origin in self._known_origins


_LOOKED_AT: Final = frozenset(
    {b"host", b"origin", b"sec-fetch-site", b"x-forwarded-host", b"x-forwarded-proto"}
)


def origin_in(headers: Iterable[tuple[bytes, bytes]]) -> str | None:
    """Return the origin of the page that asks, letter by letter; None for none, or several."""
    found = [value for name, value in headers if name == b"origin"]
    return found[0].decode("latin-1") if len(found) == 1 else None


def _is_same(origin: str, visit: Visit) -> bool:
    scheme, mark, authority = origin.partition("://")
    if not mark or scheme not in _DEFAULT_PORTS:
        return False
    suffix = f":{_DEFAULT_PORTS[scheme]}"
    return bool(visit.host) and authority.removesuffix(suffix) == visit.host.removesuffix(suffix)


def _network_of(address: str) -> str:
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv4Address):
        return str(known)
    mapped = known.ipv4_mapped
    return str(mapped) if mapped else str(IPv6Network((known, _IPV6_OF_ONE), strict=False))


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() else host


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host and not host.startswith("[") else host
