"""The operator's exceptions (``egress_allow``): each names one port of one host or network."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Final, NoReturn

from deftly.egress.hosts import HostFault, IPAddress, canonical_host, parse_ipv6
from deftly.errors import InvalidSettings

_MAX_PORT: Final = 65_535
_PORT: Final = re.compile(r"[1-9][0-9]{0,4}")
_PREFIX: Final = re.compile(r"0|[1-9][0-9]{0,2}")
# The widest private blocks there are (10/8, fc00::/7): anything wider is an off switch.
_WIDEST_PREFIX: Final = {4: 8, 6: 7}


@dataclass(frozen=True, slots=True)
class AllowEntry:
    """One exception; exactly one of ``host`` and ``network`` is given.

    Attributes:
        port: The only port it speaks of.
        host: A canonical name, which may then resolve to any address but our own listener's
            and a cloud's metadata service.
        network: The addresses, a single one as ``/32`` or ``/128``.
    """

    port: int
    host: str | None = None
    network: IPv4Network | IPv6Network | None = None

    def names(self, host: str, port: int) -> bool:
        """Tell whether the entry is exactly this host and port."""
        return self.host == host and self.port == port

    def holds(self, address: IPAddress, port: int) -> bool:
        """Tell whether the entry is a network with this address, and this port."""
        return self.network is not None and self.port == port and address in self.network


def parse_allow(entries: Sequence[str]) -> tuple[AllowEntry, ...]:
    """Return the entries of ``egress_allow``.

    Args:
        entries: ``orders:8080``, ``127.0.0.1:9000``, ``10.1.2.0/24:8080``, ``[::1]:9000``,
            ``[fd00:1::/64]:80``.

    Raises:
        InvalidSettings: An entry has no port, is wider than a private network, or is malformed.
    """
    return tuple(_parse_entry(entry) for entry in entries)


def _parse_entry(entry: str) -> AllowEntry:
    where, colon, port = entry.rpartition(":")
    if not colon or not where or port.endswith("]"):
        _refuse(entry, "has no port; write host:port, such as 127.0.0.1:9000")
    if not _PORT.fullmatch(port) or int(port) > _MAX_PORT:
        _refuse(entry, f"needs a port between 1 and {_MAX_PORT} after its last colon")
    if "://" in entry:
        _refuse(entry, "is a URL; leave out scheme and path and write host:port")
    if "/" in where or where.startswith("["):
        return AllowEntry(int(port), network=_parse_network(entry, where))
    try:
        host, literal = canonical_host(where)
    except HostFault as fault:
        _refuse(entry, f"names no host ({fault}); put an IPv6 address into brackets")
    if literal is not None:
        return AllowEntry(int(port), network=IPv4Network(literal))
    return AllowEntry(int(port), host=host)


def _parse_network(entry: str, where: str) -> IPv4Network | IPv6Network:
    bracketed = where.startswith("[")
    if bracketed != where.endswith("]"):
        _refuse(entry, "has an unpaired bracket; write [fd00:1::/64]:80")
    address, slash, prefix = where.strip("[]").partition("/")
    try:
        base = parse_ipv6(address) if bracketed else canonical_host(address)[1]
    except HostFault as fault:
        _refuse(entry, f"holds no address before its prefix ({fault})")
    if base is None:
        _refuse(entry, "has a prefix after something that is no address")
    length = _prefix_length(entry, prefix, base) if slash else base.max_prefixlen
    network = ip_network(f"{base}/{length}", strict=False)
    if network.network_address != base:
        _refuse(entry, f"has bits set behind its prefix; write {network} if you mean the network")
    return network


def _prefix_length(entry: str, prefix: str, base: IPAddress) -> int:
    if not _PREFIX.fullmatch(prefix):
        _refuse(entry, "has a prefix that is not a plain decimal number")
    length = int(prefix)
    widest = _WIDEST_PREFIX[base.version]
    if length < widest:
        _refuse(entry, f"is wider than /{widest}, which would switch the guard off; be precise")
    if length > base.max_prefixlen:
        _refuse(entry, f"has a prefix longer than /{base.max_prefixlen}")
    return length


def _refuse(entry: str, fault: str) -> NoReturn:
    raise InvalidSettings(f"egress_allow: {entry!r} {fault}.")
