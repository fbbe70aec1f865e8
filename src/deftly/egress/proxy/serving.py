"""The proxy for the programs of shell commands: their only way to the network."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, cast

import structlog

from deftly.egress.client import GuardedClient
from deftly.egress.proxy.connection import ProxyConnection, Terms
from deftly.egress.proxy.head import MAX_HEAD_BYTES
from deftly.egress.proxy.pacing import IDLE_S, Traffic
from deftly.egress.proxy.refusing import ProxyRefused
from deftly.egress.proxy.relay import Side

MAX_CONNECTIONS: Final = 32
_TURNS: Final = 4
_PACE_S: Final = 0.002
_log = structlog.get_logger(__name__)
_FULL: Final = ProxyRefused(503, f"One run may have {MAX_CONNECTIONS} connections at once.")


class EgressProxy:
    """Serves ``CONNECT`` and absolute-form ``http://`` requests on sockets it is handed.

    Every target passes the guard as an action's does: strict parser, policy, look-up with every
    answer judged, dialling of judged addresses only. Redirects are answers. TLS goes through a
    tunnel from end to end.
    """

    def __init__(self, client: GuardedClient, *, idle_s: float = IDLE_S) -> None:
        """Serve nothing yet; ``idle_s`` is how long nothing may happen on a connection."""
        self._client = client
        self._idle_s = idle_s

    @asynccontextmanager
    async def serving(self, listener: socket.socket) -> AsyncIterator[Traffic]:
        """Serve one run on a bound socket, which is closed with every connection at the end.

        Raises:
            OSError: The socket cannot be listened on.
        """
        run = _Run(Terms(self._client, Traffic(), asyncio.Semaphore(_TURNS), self._idle_s))
        listener.setblocking(False)  # noqa: FBT003
        accepting = asyncio.create_task(run.accept_from(listener))
        try:
            yield run.terms.traffic
        finally:
            accepting.cancel()
            await asyncio.gather(accepting, return_exceptions=True)
            listener.close()
            await run.close()


class _Run:
    """The connections of one run."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._tasks: dict[asyncio.Task[None], asyncio.Transport] = {}
        self._is_closed = False

    async def accept_from(self, listener: socket.socket) -> None:
        """Take connections one at a time: a loop takes all that wait, and is held up by a flood."""
        loop = asyncio.get_running_loop()
        while True:
            try:
                accepted, _ = await loop.sock_accept(listener)
                self.accept(*await _streams(accepted))
            except OSError as fault:  # it is gone already, or there is no room for it now
                _log.info("proxy_not_connected", internal=repr(fault))
            await asyncio.sleep(_PACE_S)

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve a connection, or tell it that there is no room."""
        if self._is_closed:
            writer.transport.abort()
        elif len(self._tasks) >= MAX_CONNECTIONS:
            writer.write(_FULL.written())
            writer.close()
        else:
            connection = ProxyConnection(Side(reader, writer), self.terms)
            task = asyncio.get_running_loop().create_task(connection.serve())
            self._tasks[task] = cast("asyncio.Transport", writer.transport)
            task.add_done_callback(self._forget)

    async def close(self) -> None:
        """End every connection."""
        self._is_closed = True
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.sleep(0)  # for the loop to close what was cut off

    def _forget(self, task: asyncio.Task[None]) -> None:
        # One that is cancelled before its first step closes nothing itself.
        self._tasks.pop(task).abort()


async def _streams(accepted: socket.socket) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    try:
        return await asyncio.open_connection(sock=accepted, limit=MAX_HEAD_BYTES)
    except BaseException:
        accepted.close()
        raise
