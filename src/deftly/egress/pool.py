"""The open connections, and how many there may be: all of them come from `dial_approved`."""

import asyncio
import ssl
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias, TypeVar

from deftly.egress.approvals import Approval
from deftly.egress.connection import HttpConnection
from deftly.egress.dial import Dialer, dial_approved
from deftly.egress.url import Target
from deftly.errors import EgressFailed

# Shorter than the idle time of common servers (uvicorn 5 s, Node 5 s, nginx 75 s), so that a
# request rarely meets a connection that is just being closed at the other end.
KEEP_ALIVE_S: Final = 4.0
MAX_CONNECTIONS: Final = 512
MAX_CONNECTIONS_PER_HOST: Final = 128
# How long a server may take to end TLS in good manners before it is cut off.
_TLS_GOODBYE_S: Final = 1.0

T = TypeVar("T")
_Origin: TypeAlias = tuple[str, str, int]


@dataclass(slots=True)
class _Room:
    """What is open to one origin.

    Attributes:
        idle: When each connection that waits was last used, and the connection; oldest first.
        users: How many use a connection or wait for one.
    """

    free: asyncio.Semaphore = field(
        default_factory=lambda: asyncio.Semaphore(MAX_CONNECTIONS_PER_HOST)
    )
    idle: list[tuple[float, HttpConnection]] = field(default_factory=list)
    users: int = 0


class Pool:
    """Lends connections, each to one request at a time."""

    def __init__(self, dialer: Dialer, tls: ssl.SSLContext) -> None:
        """Start without a connection."""
        self._dialer = dialer
        self._tls = tls
        self._free = asyncio.Semaphore(MAX_CONNECTIONS)
        self._rooms: dict[_Origin, _Room] = {}
        self._used: set[HttpConnection] = set()
        self._sweeping = False
        self._closed = False

    async def use(
        self, target: Target, approval: Approval, work: Callable[[HttpConnection], Awaitable[T]]
    ) -> T:
        """Do the work with a connection to the target's origin, which nobody else has meanwhile.

        Raises:
            EgressDenied: An address is refused.
            EgressFailed: ``connect_failed``, or what the work raises.
        """
        origin = (target.scheme, target.host, target.port)
        room = self._rooms.get(origin)
        if room is None:
            room = self._rooms[origin] = _Room()
        room.users += 1
        try:
            async with room.free, self._free:
                connection = self._idle_in(room) or await self._dial(target, approval)
                self._used.add(connection)
                try:
                    return await work(connection)
                finally:
                    self._used.discard(connection)
                    self._put_back(room, connection)
        finally:
            room.users -= 1
            self._forget_empty(origin, room)

    async def close(self) -> None:
        """Close every connection, and keep none that is given back later."""
        self._closed = True
        for room in self._rooms.values():
            self._used.update(connection for _, connection in room.idle)
            room.idle.clear()
        for connection in self._used:
            connection.close()
        await asyncio.sleep(0)  # for the loop to close them

    def _idle_in(self, room: _Room) -> HttpConnection | None:
        """Return a connection on which nothing was said that nobody asked for.

        What a server says while its connection waits would be read as the next answer.
        """
        oldest_s = time.monotonic() - KEEP_ALIVE_S
        while room.idle:
            since_s, connection = room.idle.pop()
            if since_s > oldest_s and connection.is_usable:
                return connection
            connection.close()
        return None

    def _put_back(self, room: _Room, connection: HttpConnection) -> None:
        if self._closed or not connection.is_usable:
            connection.close()
            return
        room.idle.append((time.monotonic(), connection))
        if not self._sweeping:
            self._sweep_later()

    def _forget_empty(self, origin: _Origin, room: _Room) -> None:
        if not room.users and not room.idle:
            self._rooms.pop(origin, None)

    def _sweep_later(self) -> None:
        self._sweeping = True
        asyncio.get_running_loop().call_later(KEEP_ALIVE_S, self._sweep)

    def _sweep(self) -> None:
        """Close what waited too long."""
        oldest_s = time.monotonic() - KEEP_ALIVE_S
        for origin, room in list(self._rooms.items()):
            while room.idle and room.idle[0][0] <= oldest_s:
                room.idle.pop(0)[1].close()
            self._forget_empty(origin, room)
        self._sweeping = False
        if any(room.idle for room in self._rooms.values()):
            self._sweep_later()

    async def _dial(self, target: Target, approval: Approval) -> HttpConnection:
        opened = await dial_approved(target, approval.addresses, approval.policy, self._dialer)
        encrypted = target.scheme == "https"
        try:
            _, connection = await asyncio.get_running_loop().create_connection(
                HttpConnection,
                sock=opened,
                ssl=self._tls if encrypted else None,
                server_hostname=target.host if encrypted else None,
                ssl_shutdown_timeout=_TLS_GOODBYE_S if encrypted else None,
            )
        except ssl.SSLError as fault:
            raise EgressFailed("connect_failed", _say(fault), internal=str(fault)) from fault
        except OSError as fault:
            raise EgressFailed(
                "connect_failed", "The server broke off while connecting.", internal=str(fault)
            ) from fault
        return connection


def _say(fault: ssl.SSLError) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"The server's certificate is not valid for this host ({fault.verify_message})."
    return "No encrypted connection could be agreed on with the server."
