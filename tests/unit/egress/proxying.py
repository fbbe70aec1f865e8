"""A proxy on loopback, and programs that talk to it by hand."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from deftly.egress.client import GuardedClient
from deftly.egress.proxy import EgressProxy, Traffic
from tests.unit.egress.doubles import FakeResolver, RecordingDialer, guard


@dataclass
class Proxied:
    """A proxy that is being served."""

    address: tuple[str, int]
    traffic: Traffic
    client: GuardedClient

    @asynccontextmanager
    async def program(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        reader, writer = await asyncio.open_connection(*self.address)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()
            await asyncio.sleep(0)

    async def ask(self, *pieces: bytes) -> bytes:
        """Write the pieces, and return everything that comes back until the end."""
        async with self.program() as (reader, writer):
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)
            return await reader.read()


@asynccontextmanager
async def proxied(
    *,
    leads_to: int | None = None,
    resolver: FakeResolver | None = None,
    dialer: RecordingDialer | None = None,
    allow: Sequence[str] = (),
    idle_s: float = 5.0,
) -> AsyncIterator[Proxied]:
    """Serve; every dial ends at a loopback port or nowhere, but where `allow` names places."""
    if dialer is None and not allow:
        dialer = RecordingDialer(leads_to)
    async with guard(resolver=resolver, dialer=dialer, allow=allow) as client:
        listener = socket.create_server(("127.0.0.1", 0))
        address = listener.getsockname()[:2]
        async with EgressProxy(client, idle_s=idle_s).serving(listener) as traffic:
            yield Proxied(address, traffic, client)


def status_of(answer: bytes) -> int:
    """Return the status of an answer, 0 if there is none."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0
