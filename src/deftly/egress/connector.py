"""aiohttp's connection pool on top of our own dialling: it has no way to open a socket itself."""

import ssl
from contextvars import ContextVar, Token
from dataclasses import dataclass
from typing import Final

import aiohttp
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.tracing import Trace

from deftly.egress.approvals import Approval
from deftly.egress.dial import Dialer, dial_approved
from deftly.egress.url import Target
from deftly.errors import EgressDenied, EgressFailed

# Shorter than the idle time of common servers (uvicorn 5 s, Node 5 s, nginx 75 s), so that a
# request rarely meets a connection that is just being closed at the other end.
KEEP_ALIVE_S: Final = 4.0
MAX_CONNECTIONS: Final = 512
MAX_CONNECTIONS_PER_HOST: Final = 128
# How long a server may take to end TLS in good manners before it is cut off.
_TLS_GOODBYE_S: Final = 1.0


@dataclass(slots=True)
class Passage:
    """One request on its way through the pool.

    Attributes:
        target: Where it goes.
        approval: The addresses it may be dialled at.
        dialled: Whether a connection was opened for it; that is done once.
    """

    target: Target
    approval: Approval
    dialled: bool = False


_passage: ContextVar[Passage | None] = ContextVar("passage", default=None)


def let_pass(target: Target, approval: Approval) -> Token[Passage | None]:
    """Let the pool serve this request, and no other, in this task until `no_more`."""
    return _passage.set(Passage(target, approval))


def no_more(token: Token[Passage | None]) -> None:
    """End what `let_pass` began."""
    _passage.reset(token)


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
        passage = _of(req)
        while True:
            connection = await super().connect(req, traces, timeout)
            protocol = connection.protocol
            if protocol is not None and not protocol.should_close:
                return connection
            connection.close()
            if passage.dialled:
                raise EgressFailed("bad_response", "The server spoke before it was asked.")

    async def _create_connection(
        self,
        req: aiohttp.ClientRequest,
        traces: list[Trace],  # noqa: ARG002
        timeout: aiohttp.ClientTimeout,  # noqa: ARG002, ASYNC109
    ) -> ResponseHandler:
        passage = _of(req)
        if passage.dialled:
            # aiohttp asks again after any early end; only a pooled connection excuses one.
            raise EgressFailed(
                "bad_response", "The server closed the connection without an answer."
            )
        passage.dialled = True
        target, approval = passage.target, passage.approval
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


def _of(req: aiohttp.ClientRequest) -> Passage:
    """Return the passage of a request, making sure that aiohttp reads its URL as we did."""
    passage = _passage.get()
    if passage is None or req.proxy is not None:
        raise EgressDenied("blocked_host", "The request did not come through the guard.")
    read = (req.url.scheme, req.url.raw_host, req.port, req.url.raw_path_qs)
    target = passage.target
    if read != (target.scheme, target.host, target.port, target.path):
        raise EgressDenied(
            "blocked_host", "The URL can be read in two ways.", internal=f"{target} as {read}"
        )
    return passage


def _say(fault: ssl.SSLError) -> str:
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"The server's certificate is not valid for this host ({fault.verify_message})."
    return "No encrypted connection could be agreed on with the server."
