"""The address table: which addresses are not the public internet, and why.

Written out, because the standard library's ``is_global`` answers differently from one Python
build to the next. Sources: the IANA special-purpose registries (RFC 6890), multicast and
reserved space, and the addresses at which clouds answer their guests.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Final

from deftly.egress.hosts import IPAddress

# Clouds hand out credentials here. No exception of the operator reaches these.
METADATA_ADDRESSES: Final[frozenset[IPAddress]] = frozenset(
    {
        IPv4Address("169.254.169.254"),  # most clouds
        IPv4Address("169.254.170.2"),  # ECS task roles
        IPv4Address("169.254.170.23"),  # EKS pod identity
        IPv4Address("169.254.42.42"),  # Scaleway
        IPv4Address("169.254.0.23"),  # Tencent
        IPv4Address("168.63.129.16"),  # Azure WireServer, in public-looking space
        IPv4Address("100.100.100.200"),  # Alibaba
        IPv4Address("192.0.0.192"),  # Oracle
        IPv6Address("fd00:ec2::254"),  # EC2
        IPv6Address("fd00:ec2::23"),  # EKS pod identity
        IPv6Address("fd20:ce::254"),  # Google
        IPv6Address("fd00:42::42"),  # Scaleway
        IPv6Address("fd00:c1::a9fe:a9fe"),  # Oracle
        IPv6Address("fe80::a9fe:a9fe"),  # OpenStack
    }
)

_IPV4: Final[tuple[tuple[IPv4Network, str], ...]] = tuple(
    (IPv4Network(network), reason)
    for network, reason in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "metadata"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "AS112"),
        ("192.52.193.0/24", "AMT"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "AS112"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)

_IPV6_GLOBAL: Final = IPv6Network("2000::/3")

# Names for what lies outside 2000::/3; anything without a name is refused as not global.
_IPV6_OUTSIDE: Final[tuple[tuple[IPv6Network, str], ...]] = tuple(
    (IPv6Network(network), reason)
    for network, reason in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("::ffff:0:0:0/96", "IPv4-translated"),
        ("::/96", "IPv4-compatible"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("ff00::/8", "multicast"),
    )
)

_IPV6_INSIDE: Final[tuple[tuple[IPv6Network, str], ...]] = tuple(
    (IPv6Network(network), reason)
    for network, reason in (
        ("2001::/32", "Teredo"),
        ("2001::/23", "protocol assignments"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "AS112"),
        ("3fff::/20", "documentation"),
    )
)

# RFC 5214 section 6.1: the upper half of an ISATAP interface identifier, u bit clear or set.
_ISATAP: Final = frozenset({0x0000_5EFE, 0x0200_5EFE})
_LOW_32: Final = 0xFFFF_FFFF


def denied_range(address: IPAddress) -> str | None:
    """Return the name of the range that keeps the address from being dialled, None if public."""
    if address in METADATA_ADDRESSES:
        return "metadata"
    match address:
        case IPv4Address():
            return next((reason for network, reason in _IPV4 if address in network), None)
        case IPv6Address():
            return _denied_ipv6(address)


def _denied_ipv6(address: IPv6Address) -> str | None:
    if address.scope_id is not None:
        return "scoped"
    if address not in _IPV6_GLOBAL:
        return next((reason for net, reason in _IPV6_OUTSIDE if address in net), "not global")
    if (int(address) >> 32) & _LOW_32 in _ISATAP:
        return "ISATAP"
    return next((reason for network, reason in _IPV6_INSIDE if address in network), None)


def embedded_ipv4(address: IPAddress) -> frozenset[IPv4Address]:
    """Return the IPv4 addresses an IPv6 address may stand for; empty for most.

    Every known form is read: mapped, compatible, translated, NAT64 (RFC 6052, well-known and
    local-use prefix at each length), 6to4, Teredo and ISATAP.
    """
    if isinstance(address, IPv4Address):
        return frozenset()
    bits = int(address)
    found: set[int] = set()
    if (bits >> 32) & _LOW_32 in _ISATAP:
        found.add(bits & _LOW_32)
    match _denied_ipv6(address):
        case "IPv4-mapped" | "IPv4-translated" | "IPv4-compatible":
            found.add(bits & _LOW_32)
        case "NAT64":
            # Bits 64 to 71 stay zero, so prefixes under 96 bits split the address around them.
            found.add(bits & _LOW_32)
            found.add(((bits >> 64) & 0xFFFF) << 16 | (bits >> 40) & 0xFFFF)
            found.add(((bits >> 64) & 0xFF) << 24 | (bits >> 32) & 0xFF_FFFF)
            found.add((bits >> 24) & _LOW_32)
        case "6to4":
            found.add((bits >> 80) & _LOW_32)
        case "Teredo":
            found.update(((bits >> 64) & _LOW_32, bits & _LOW_32 ^ _LOW_32))
        case _:
            pass
    return frozenset(map(IPv4Address, found))
