"""Which addresses a host may be dialled at: looked up once, every answer judged, kept briefly."""

import asyncio
import functools
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Final

from deftly.egress.hosts import IPAddress
from deftly.egress.policy import Policy
from deftly.egress.resolve import Resolver
from deftly.egress.url import Target
from deftly.errors import EgressDenied, EgressFailed
from deftly.values import Clock

MAX_ANSWERS: Final = 32
KEPT_S: Final = 5.0
MAX_KEPT: Final = 1_024


@dataclass(frozen=True, slots=True)
class Approval:
    """The proof that a host passed, with the only addresses it may be dialled at.

    Attributes:
        target: What was judged; its path plays no part.
        addresses: All of them judged, in the order in which to dial.
        policy: The rules it was judged by.
        expires_s: Until when it may open connections, on the clock's monotonic scale.
    """

    target: Target
    addresses: tuple[IPAddress, ...]
    policy: Policy
    expires_s: float


class Approvals:
    """Judges targets by one policy; a new policy gets a new one of these."""

    def __init__(self, policy: Policy, resolver: Resolver, clock: Clock) -> None:
        """Start with nothing approved."""
        self.policy = policy
        self._resolver = resolver
        self._clock = clock
        self._kept: dict[tuple[str, int], Approval] = {}
        self._pending: dict[tuple[str, int], asyncio.Task[Approval]] = {}

    def covers(self, approval: Approval, target: Target) -> bool:
        """Tell whether the approval speaks of the target, by these rules, still."""
        return (
            approval.target.host == target.host
            and approval.target.port == target.port
            and approval.policy is self.policy
            and approval.expires_s > self._clock.monotonic_s()
        )

    async def approve(self, target: Target) -> Approval:
        """Return an approval, at most `KEPT_S` old; callers at the same time share one look-up.

        Raises:
            EgressDenied: The name, the port or one of the addresses is refused.
            EgressFailed: ``dns_failed``.
        """
        key = (target.host, target.port)
        kept = self._kept.get(key)
        if kept is not None and kept.expires_s > self._clock.monotonic_s():
            return kept
        self.policy.check_target(target)
        if target.literal is not None:
            return self._keep(target, (target.literal,))
        task = self._pending.get(key)
        if task is None:
            task = asyncio.get_running_loop().create_task(self._look_up(target))
            self._pending[key] = task
            task.add_done_callback(functools.partial(self._forget_pending, key))
        # One caller's deadline must not take the answer from the others.
        return await asyncio.shield(task)

    async def close(self) -> None:
        """Give up the look-ups under way."""
        pending = tuple(self._pending.values())
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)

    async def _look_up(self, target: Target) -> Approval:
        answers = await self._resolver.resolve(target.host, target.port)
        if not answers:
            raise EgressFailed("dns_failed", "The host has no address.")
        if len(answers) > MAX_ANSWERS:
            raise EgressDenied(
                "blocked_address", f"The host has more than {MAX_ANSWERS} addresses."
            )
        addresses = tuple(_parse_answer(answer) for answer in answers)
        for address in addresses:
            self.policy.check_address(target, address)
        return self._keep(target, tuple(dict.fromkeys(addresses)))

    def _keep(self, target: Target, addresses: tuple[IPAddress, ...]) -> Approval:
        approval = Approval(target, addresses, self.policy, self._clock.monotonic_s() + KEPT_S)
        key = (target.host, target.port)
        self._kept.pop(key, None)
        if len(self._kept) >= MAX_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = approval
        return approval

    def _forget_pending(self, key: tuple[str, int], task: asyncio.Task[Approval]) -> None:
        del self._pending[key]
        if not task.cancelled():
            # Everybody who asked may have left; the outcome counts as seen.
            task.exception()


def _parse_answer(answer: str) -> IPAddress:
    try:
        return ip_address(answer)
    except ValueError:
        raise EgressDenied(
            "blocked_address",
            "The host resolves to something that is no address.",
            internal=f"answer {answer!r}",
        ) from None
