"""One connection of a program to the proxy: one request or one tunnel, and its end."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import structlog

from deftly.egress.client import GuardedClient
from deftly.egress.message import OutboundRequest
from deftly.egress.proxy.answer import MAX_HEAD_BYTES as MAX_ANSWER_HEAD_BYTES
from deftly.egress.proxy.answer import AnswerEnd, rewritten
from deftly.egress.proxy.head import ProxyRequest, parse_head
from deftly.egress.proxy.pacing import Traffic
from deftly.egress.proxy.refusing import ProxyRefused, late, refused_by, unusable
from deftly.egress.proxy.relay import Relay, Side
from deftly.errors import DeftlyError

CONNECT_LIMIT_S: Final = 15.0
HEAD_LIMIT_S: Final = 10.0
_GOODBYE_S: Final = 1.0
_GOODBYE_BYTES: Final = 1 << 20
_LOGGED_REFUSALS: Final = 8
_HEAD_END: Final = b"\r\n\r\n"
_CONNECTED: Final = b"HTTP/1.1 200 Connection established\r\n\r\n"
_CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Terms:
    """What every connection of one run shares.

    Attributes:
        client: The guard.
        traffic: Of the run.
        turns: How many may look up and dial at once: the resolver is everybody's.
        idle_s: How long nothing may happen on a connection.
    """

    client: GuardedClient
    traffic: Traffic
    turns: asyncio.Semaphore
    idle_s: float


class ProxyConnection:
    """Serves one request or tunnel; nothing that comes behind it is looked at."""

    def __init__(self, program: Side, terms: Terms) -> None:
        """Take the program's end."""
        self._program = program
        self._terms = terms
        self._is_answered = False

    async def serve(self) -> None:
        """Serve, and close the connection."""
        # What is written has left when `drain` returns, so that the end cuts nothing off.
        self._program.writer.transport.set_write_buffer_limits(high=0)
        try:
            try:
                await self._serve()
            except ProxyRefused as refusal:
                await self._refuse(refusal)
            except TimeoutError:
                await self._refuse(late("The host took too long."))
            await self._say_goodbye()
        except (OSError, asyncio.IncompleteReadError):
            return  # one of the two went away, and nobody is left to tell
        finally:
            self._program.writer.transport.abort()

    async def _serve(self) -> None:
        try:
            request = parse_head(await self._head())
            self._terms.traffic.check()
            async with self._connected(request) as target:
                relay = Relay(self._program, target, self._terms.traffic, self._terms.idle_s)
                if request.outbound is None:
                    await self._tunnel(relay)
                else:
                    await self._exchange(relay, request, request.outbound)
        except DeftlyError as fault:
            self._log_refusal(fault)
            raise refused_by(fault) from fault

    async def _head(self) -> bytes:
        try:
            async with asyncio.timeout(HEAD_LIMIT_S):
                return await self._program.reader.readuntil(_HEAD_END)
        except TimeoutError:
            raise ProxyRefused(408, "The request's head took too long.") from None
        except asyncio.LimitOverrunError:
            raise ProxyRefused(431, "The request's head is over 16 KiB.") from None

    @asynccontextmanager
    async def _connected(self, request: ProxyRequest) -> AsyncIterator[Side]:
        async with asyncio.timeout(CONNECT_LIMIT_S), self._terms.turns:
            opened = await self._terms.client.connect(request.target)
        try:
            reader, writer = await asyncio.open_connection(sock=opened, limit=MAX_ANSWER_HEAD_BYTES)
        except BaseException:
            opened.close()
            raise
        writer.transport.set_write_buffer_limits(high=0)
        try:
            yield Side(reader, writer)
        finally:
            writer.transport.abort()

    # -- what is carried

    async def _tunnel(self, relay: Relay) -> None:
        self._is_answered = True
        await relay.give(_CONNECTED)
        await _together(relay.send_everything(), relay.receive_everything())

    async def _exchange(
        self, relay: Relay, request: ProxyRequest, outbound: OutboundRequest
    ) -> None:
        await relay.send(request.written(outbound))
        if request.waits and request.length_bytes != 0:
            await relay.give(_CONTINUE)
        end = AnswerEnd(is_bodiless=outbound.method == "HEAD")
        receiving = asyncio.ensure_future(self._receive(relay, end))
        sending = asyncio.ensure_future(_send_body(relay, request))
        try:
            await asyncio.wait((receiving, sending), return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
            await receiving
        finally:
            await _cancel(receiving, sending)

    async def _receive(self, relay: Relay, end: AnswerEnd) -> None:
        while not self._is_answered:
            try:
                received = await relay.receive_head()
                head, self._is_answered = rewritten(received)
            except (asyncio.LimitOverrunError, asyncio.IncompleteReadError, ConnectionError):
                raise unusable() from None
            await relay.give(head)
        end.feed(received)
        while not end.is_reached and (piece := await relay.receive_piece()):
            end.feed(piece)

    # -- how it ends

    async def _refuse(self, refusal: ProxyRefused) -> None:
        """Tell the program, unless an answer is under way already: then it ends too early."""
        if self._is_answered:
            raise ConnectionAbortedError
        self._program.writer.write(refusal.written())
        async with asyncio.timeout(_GOODBYE_S):
            await self._program.writer.drain()

    async def _say_goodbye(self) -> None:
        """Say that this is all, and let what comes behind it pass unread.

        A connection closed over unread bytes is reset, and the answer is lost with it.
        """
        if self._program.writer.is_closing():
            return
        self._program.writer.write_eof()
        left = _GOODBYE_BYTES
        async with asyncio.timeout(_GOODBYE_S):
            while left > 0 and (data := await self._program.reader.read(left)):
                left -= len(data)

    def _log_refusal(self, fault: DeftlyError) -> None:
        self._terms.traffic.refusals += 1
        if self._terms.traffic.refusals <= _LOGGED_REFUSALS:
            _log.info("proxy_refused", code=fault.code, why=fault.message, internal=fault.internal)


async def _send_body(relay: Relay, request: ProxyRequest) -> None:
    # A target that hangs up while it is sent to may have answered all the same.
    with contextlib.suppress(OSError):
        if request.length_bytes is None:
            await relay.send_chunks()
        else:
            await relay.send_length(request.length_bytes)


async def _together(*directions: Coroutine[object, object, None]) -> None:
    """Return when both have ended, or raise what the first to fail raises."""
    tasks = [asyncio.ensure_future(one) for one in directions]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for one in done:
            one.result()
    finally:
        await _cancel(*tasks)


async def _cancel(*tasks: asyncio.Future[None]) -> None:
    for one in tasks:
        one.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
