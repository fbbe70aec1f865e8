"""The addresses of this machine's own network interfaces."""

import re
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Final

from deftly.egress.hosts import IPAddress

_PROC_NET: Final = Path("/proc/net")
_LOCAL_IPV4: Final = re.compile(r"\|-- ([0-9.]+)\n\s+/32 host LOCAL")


def own_addresses(proc_net: Path = _PROC_NET) -> frozenset[IPAddress]:
    """Return every address of this machine as Linux lists them; empty on other systems.

    Loopback and private addresses are refused without this list. It matters for a machine
    that carries its public address itself.
    """
    return _own_ipv4(proc_net / "fib_trie") | _own_ipv6(proc_net / "if_inet6")


def _own_ipv4(table: Path) -> frozenset[IPAddress]:
    return frozenset(IPv4Address(found) for found in _LOCAL_IPV4.findall(_read(table)))


def _own_ipv6(table: Path) -> frozenset[IPAddress]:
    rows = (line.split() for line in _read(table).splitlines())
    return frozenset(IPv6Address(int(row[0], 16)) for row in rows if row)


def _read(table: Path) -> str:
    try:
        return table.read_text(encoding="ascii", errors="replace")
    except OSError:
        # Not Linux, IPv6 switched off, or a sandbox without /proc: nothing is known then.
        return ""
