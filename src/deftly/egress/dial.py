"""Opening connections: to judged addresses only, and proof of who picked up."""

import asyncio
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final, Protocol

from deftly.egress.hosts import IPAddress
from deftly.egress.policy import Policy
from deftly.egress.url import Target
from deftly.errors import EgressDenied, EgressFailed

MAX_DIALS: Final = 4
DIAL_LIMIT_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Dialled:
    """A connected, non-blocking socket and its other end, as the system reports it."""

    socket: socket.socket
    peer: IPAddress
    peer_port: int


class Dialer(Protocol):
    """What opens connections; the composition root chooses one."""

    async def dial(self, address: IPAddress, port: int) -> Dialled:
        """Return a connection to exactly this address and port.

        Raises:
            OSError: Nobody answered.
        """
        ...


class TcpDialer:
    """The operating system's TCP."""

    async def dial(self, address: IPAddress, port: int) -> Dialled:
        """Return a connection to the address.

        Raises:
            OSError: It is unreachable, refuses, or this machine has no route.
        """
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6  # noqa: PLR2004
        opened = socket.socket(family, socket.SOCK_STREAM)
        try:
            opened.setblocking(False)  # noqa: FBT003
            await asyncio.get_running_loop().sock_connect(opened, (str(address), port))
            peer, peer_port, *_ = opened.getpeername()
            return Dialled(opened, ip_address(peer), peer_port)
        except BaseException:
            opened.close()
            raise


async def dial_approved(
    target: Target, addresses: Sequence[IPAddress], policy: Policy, dialer: Dialer
) -> socket.socket:
    """Return a connection to the first address that answers.

    Every address is judged again before it is dialled, and whoever picks up is compared with
    who was dialled. At most `MAX_DIALS` addresses are tried, for `DIAL_LIMIT_S` each.

    Raises:
        EgressDenied: ``blocked_address`` or ``blocked_port``.
        EgressFailed: ``connect_failed``.
    """
    faults: list[str] = []
    for address in addresses[:MAX_DIALS]:
        policy.check_address(target, address)
        try:
            async with asyncio.timeout(DIAL_LIMIT_S):
                dialled = await dialer.dial(address, target.port)
        except OSError as fault:
            faults.append(f"{address}: {str(fault) or type(fault).__name__}")
            continue
        if (dialled.peer, dialled.peer_port) != (address, target.port):
            dialled.socket.close()
            raise EgressDenied(
                "blocked_address",
                "The connection ended at another address than the one that was dialled.",
                internal=f"{address} -> {dialled.peer}:{dialled.peer_port}",
            )
        return dialled.socket
    raise EgressFailed(
        "connect_failed",
        "The host does not accept connections on this port.",
        internal=f"{target.origin}: {'; '.join(faults)}",
    )
