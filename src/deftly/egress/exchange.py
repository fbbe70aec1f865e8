"""One request and the head of its answer, over a pooled connection.

aiohttp's protocol, pool and parser without its session: the session would repeat PUT and
DELETE by itself, keep cookies, follow redirects and look for proxies.
"""

import ssl
from typing import Final

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.helpers import TimerNoop

from deftly.egress.approvals import Approval
from deftly.egress.connector import BODILESS, GuardedConnector, Hop
from deftly.egress.dial import Dialer
from deftly.egress.message import OutboundRequest

_MAX_LINE_BYTES: Final = 8_190
_MAX_HEADERS: Final = 128
_NO_LIMIT: Final = aiohttp.ClientTimeout(total=None)
_BROKEN: Final = (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError)


class Exchanges:
    """A pool of connections, and how one request goes over one of them."""

    def __init__(self, dialer: Dialer, tls: ssl.SSLContext) -> None:
        """Start without a connection, in a running loop."""
        self._connector = GuardedConnector(dialer, tls)

    async def open(self, request: OutboundRequest, approval: Approval) -> aiohttp.ClientResponse:
        """Return the answer, its headers read; the caller reads the body and releases it.

        Sent at most once, except that a GET or HEAD which meets a pooled connection that is
        closed by now goes to another one.

        Raises:
            aiohttp.ClientError: The exchange broke.
            HttpProcessingError: The answer is not HTTP.
            RunError: No connection could be opened.
        """
        while True:
            hop = Hop(request, approval)
            connection = await self._connector.connect(hop, [], _NO_LIMIT)
            try:
                return await _ask(hop, connection)
            except _BROKEN:
                if hop.dialled or request.method not in BODILESS:
                    raise

    async def close(self) -> None:
        """Close every connection."""
        await self._connector.close()


async def _ask(hop: Hop, connection: Connection) -> aiohttp.ClientResponse:
    answer: aiohttp.ClientResponse | None = None
    try:
        _protocol_of(connection).set_response_params(
            timer=TimerNoop(),
            skip_payload=hop.method == "HEAD",
            read_until_eof=True,
            auto_decompress=False,
            max_line_size=_MAX_LINE_BYTES,
            max_field_size=_MAX_LINE_BYTES,
            max_headers=_MAX_HEADERS,
        )
        answer = await hop.send(connection)
        return await answer.start(connection)
    except BaseException:
        if answer is not None:
            answer.close()
        connection.close()
        raise


def _protocol_of(connection: Connection) -> ResponseHandler:
    if connection.protocol is None:
        raise aiohttp.ServerDisconnectedError
    return connection.protocol
