"""aiohttp's connection pool on top of our own dialling: it has no way to open a socket itself."""

import ssl
from typing import Final

import aiohttp
from aiohttp import hdrs
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from yarl import URL

from deftly.egress.approvals import Approval
from deftly.egress.decompress import ACCEPTED
from deftly.egress.dial import Dialer, dial_approved
from deftly.egress.message import OutboundRequest
from deftly.errors import EgressDenied, EgressFailed

# Shorter than the idle time of common servers (uvicorn 5 s, Node 5 s, nginx 75 s), so that a
# request rarely meets a connection that is just being closed at the other end.
KEEP_ALIVE_S: Final = 4.0
MAX_CONNECTIONS: Final = 512
MAX_CONNECTIONS_PER_HOST: Final = 128
BODILESS: Final = frozenset({"GET", "HEAD"})
# How long a server may take to end TLS in good manners before it is cut off.
_TLS_GOODBYE_S: Final = 1.0
_UNTYPED: Final = ("Content-Type",)


class Hop(aiohttp.ClientRequest):
    """One hop of a request, with the addresses it may be dialled at.

    Attributes:
        dialled: Whether a connection was opened for it; that is done once.
    """

    DEFAULT_HEADERS = {  # noqa: RUF012 - as aiohttp declares it
        hdrs.ACCEPT: "*/*",
        hdrs.ACCEPT_ENCODING: ACCEPTED,
        hdrs.USER_AGENT: "deftly",
    }

    def __init__(self, request: OutboundRequest, approval: Approval) -> None:
        """Write the request in aiohttp's terms.

        Raises:
            EgressDenied: aiohttp reads the URL in another way than the guard.
        """
        super().__init__(
            request.method,
            URL(request.target.url, encoded=True),
            headers=request.headers,
            data=request.body,
            skip_auto_headers=_UNTYPED if _would_be_typed(request) else None,
        )
        self.target = request.target
        self.approval = approval
        self.dialled = False
        read = (self.url.scheme, self.url.raw_host, self.port, self.url.raw_path_qs)
        meant = (self.target.scheme, self.target.host, self.target.port, self.target.path)
        if read != meant:
            raise EgressDenied(
                "blocked_host",
                "The URL can be read in two ways.",
                internal=f"{self.target} as {read}",
            )


class GuardedConnector(aiohttp.BaseConnector):
    """A pool whose connections all come from `dial_approved`.

    aiohttp's own TCP connector resolves, races addresses and, when it meets a refusal of the
    usual kinds, dials the next address. Its base class can do none of that: without our method
    it raises ``NotImplementedError``, so a change in aiohttp closes the way out instead of
    opening it.
    """

    def __init__(self, dialer: Dialer, tls: ssl.SSLContext) -> None:
        """Start with an empty pool, in a running loop."""
        super().__init__(
            keepalive_timeout=KEEP_ALIVE_S,
            limit=MAX_CONNECTIONS,
            limit_per_host=MAX_CONNECTIONS_PER_HOST,
        )
        self._dialer = dialer
        self._tls = tls

    async def connect(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],
        timeout: aiohttp.ClientTimeout,  # noqa: ASYNC109
    ) -> Connection:
        """Return a connection on which nothing was said that nobody asked for.

        The pool looks at a connection when it comes back, not when it leaves again; a server
        that sends a second answer in between would have it read as the next request's.
        """
        hop = _of(req)
        while True:
            connection = await super().connect(hop, traces, timeout)
            protocol = connection.protocol
            if protocol is not None and not protocol.should_close:
                return connection
            connection.close()
            if hop.dialled:
                raise EgressFailed("bad_response", "The server spoke before it was asked.")

    async def _create_connection(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],  # noqa: ARG002
        timeout: aiohttp.ClientTimeout,  # noqa: ARG002, ASYNC109
    ) -> ResponseHandler:
        hop = _of(req)
        hop.dialled = True
        target, approval = hop.target, hop.approval
        opened = await dial_approved(target, approval.addresses, approval.policy, self._dialer)
        encrypted = target.scheme == "https"
        try:
            _, protocol = await self._loop.create_connection(
                self._factory,
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
        return protocol


def _of(req: aiohttp.ClientRequest) -> Hop:
    if not isinstance(req, Hop):
        raise EgressDenied("blocked_host", "The request did not come through the guard.")
    return req


def _would_be_typed(request: OutboundRequest) -> bool:
    """Tell whether aiohttp would make up a content type."""
    return (request.body is not None or request.method not in BODILESS) and all(
        name.lower() != "content-type" for name, _ in request.headers
    )


def _say(fault: ssl.SSLError) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"The server's certificate is not valid for this host ({fault.verify_message})."
    return "No encrypted connection could be agreed on with the server."
