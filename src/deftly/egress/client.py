"""The guarded client: the only way an HTTP request leaves this process."""

import socket
import ssl
from functools import cache

from deftly.egress.approvals import Approval, Approvals
from deftly.egress.deadline import Deadline
from deftly.egress.dial import Dialer, TcpDialer, dial_approved
from deftly.egress.exchange import exchange
from deftly.egress.message import (
    MAX_TIMEOUT_S,
    InboundResponse,
    OutboundRequest,
    check_request,
)
from deftly.egress.policy import Policy
from deftly.egress.pool import Pool
from deftly.egress.redirects import as_redirect, next_request
from deftly.egress.resolve import Resolver
from deftly.egress.url import Target
from deftly.errors import EgressDenied, EgressTimeout
from deftly.values import Clock, SystemClock


class GuardedClient:
    """Sends requests to approved targets, over a shared pool of connections.

    Every hop passes in the same order: strict parser, static policy, one look-up with every
    answer judged, dialling of judged addresses only, comparison of the peer.
    """

    def __init__(
        self,
        *,
        policy: Policy,
        resolver: Resolver,
        dialer: Dialer | None = None,
        tls: ssl.SSLContext | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            policy: The rules; see `set_own_listener` for what is known later.
            resolver: Where addresses come from.
            dialer: What opens connections; TCP by default.
            tls: Whom to trust; the system's authorities by default.
            clock: Decides how long an approval lasts.
        """
        self._resolver = resolver
        self._dialer = dialer or TcpDialer()
        self._tls = tls or _trust_the_system()
        self._clock = clock or SystemClock()
        self._approvals = Approvals(policy, resolver, self._clock)
        self._pool = Pool(self._dialer, self._tls)
        self._retired: list[Pool] = []

    @property
    def policy(self) -> Policy:
        """The rules in force."""
        return self._approvals.policy

    def set_own_listener(self, host: str, port: int) -> None:
        """Learn where this server answers, once it is bound; nothing may be sent there.

        Approvals and pooled connections from before are not used again.
        """
        self._approvals = Approvals(
            self.policy.with_listener(host, port), self._resolver, self._clock
        )
        self._retired.append(self._pool)
        self._pool = Pool(self._dialer, self._tls)

    async def approve(self, target: Target) -> Approval:
        """Judge a target and look it up; nothing is dialled.

        Raises:
            EgressDenied: The target is refused; the verdict says by which rule.
            EgressFailed: ``dns_failed``.
        """
        return await self._approvals.approve(target)

    async def send(
        self, request: OutboundRequest, approval: Approval | None = None
    ) -> InboundResponse:
        """Return the answer, redirects of GET and HEAD followed.

        A request is sent at most once, except that a GET or HEAD whose pooled connection turns
        out to be closed is sent again on another one.

        Args:
            request: What to send.
            approval: From `approve`, to spare the look-up; a stale one is replaced.

        Raises:
            EgressDenied: A target is refused; ``blocked_redirect`` for any but the first.
            EgressFailed: ``dns_failed``, ``connect_failed`` or ``bad_response``.
            EgressTimeout: The deadline passed.
            ResponseTooLarge: The body is over the limit.
        """
        check_request(request)
        limit_s = min(request.timeout_s, MAX_TIMEOUT_S)
        try:
            with Deadline(limit_s):
                return await self._follow(request, approval)
        except TimeoutError:
            raise EgressTimeout(f"The answer was not complete after {limit_s:g} seconds.") from None

    async def connect(self, target: Target) -> socket.socket:
        """Return a connection of the caller's own; what is said on it is not looked at.

        Raises:
            EgressDenied: The target is refused.
            EgressFailed: ``dns_failed`` or ``connect_failed``.
        """
        approval = await self._approvals.approve(target)
        return await dial_approved(target, approval.addresses, approval.policy, self._dialer)

    async def close(self) -> None:
        """Close every connection and give up what is under way."""
        await self._approvals.close()
        for pool in (*self._retired, self._pool):
            await pool.close()

    async def _follow(self, request: OutboundRequest, approval: Approval | None) -> InboundResponse:
        sent = hop = 0
        while True:
            if approval is None or not self._approvals.covers(approval, request.target):
                approval = await self._approve_hop(request.target, hop)
            answer = await exchange(self._pool, request, approval)
            sent += len(request.body or b"")
            if not answer.leads_to:
                return InboundResponse(
                    status=answer.status,
                    headers=answer.headers,
                    body=answer.body,
                    target=request.target,
                    sent_bytes=sent,
                    received_bytes=answer.received_bytes,
                )
            request = next_request(request, answer.leads_to, hop)
            hop += 1

    async def _approve_hop(self, target: Target, hop: int) -> Approval:
        try:
            return await self._approvals.approve(target)
        except EgressDenied as fault:
            if not hop:
                raise
            raise as_redirect(fault) from fault


@cache
def _trust_the_system() -> ssl.SSLContext:
    """Return who the system trusts: reading that takes 50 ms, and nobody changes it later."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(("http/1.1",))
    return context
