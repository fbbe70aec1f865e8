"""Open streams end with the rights of whoever follows them."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import structlog

from deftly.catalog.agents import Agents
from deftly.domain.access import Principal, Scope
from deftly.domain.event import EventKind
from deftly.errors import DeftlyError
from deftly.rest.auth import Doorkeeper, require
from deftly.store.changes import Changes
from deftly.values import Clock

_log = structlog.get_logger(__name__)

_OF_RIGHTS: Final = frozenset(
    {EventKind.USER_CHANGED, EventKind.KEY_CHANGED, EventKind.SESSION_ENDED}
)
# Nobody tells of a session that grew too old, nor of a visitor who signed in elsewhere.
LOOK_AGAIN_S: Final = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class _Follower:
    """A request that is still being answered, and what it came with."""

    headers: Iterable[tuple[bytes, bytes]]
    caller: Principal
    scope: Scope
    gone: asyncio.Event = field(default_factory=asyncio.Event)


class Standing:
    """Asks the doorkeeper again, for every open stream, whenever somebody's rights change."""

    def __init__(
        self,
        doorkeeper: Doorkeeper,
        changes: Changes,
        agents: Agents,
        clock: Clock,
        *,
        every_s: float = LOOK_AGAIN_S,
    ) -> None:
        """Hear of changes in any process, and look again every so often where nobody tells."""
        self._doorkeeper = doorkeeper
        self._clock = clock
        self._every_s = every_s
        self._followers: set[_Follower] = set()
        self._due = asyncio.Event()
        self._rounds: asyncio.Task[None] | None = None
        changes.subscribe(_OF_RIGHTS, lambda _: self._due.set())
        agents.on_swap(self._due.set)

    @contextmanager
    def watched(
        self, headers: Iterable[tuple[bytes, bytes]], caller: Principal, scope: Scope
    ) -> Iterator[asyncio.Event]:
        """Give an event that is set once the caller may not follow any more.

        A visitor may as long as the token lasts, and comes back with another.
        """
        follower = _Follower(headers, caller, scope)
        self._followers.add(follower)
        if self._rounds is None:
            self._rounds = asyncio.create_task(self._look_in_rounds())
        ending = self._ending(follower)
        try:
            yield follower.gone
        finally:
            self._leave(follower)
            if ending is not None:
                ending.cancel()

    def _ending(self, follower: _Follower) -> asyncio.TimerHandle | None:
        visitor = follower.caller.visitor
        if visitor is None:
            return None
        left_s = visitor.ends_at_s - self._clock.now().timestamp()
        return asyncio.get_running_loop().call_later(max(0.0, left_s), follower.gone.set)

    def _leave(self, follower: _Follower) -> None:
        self._followers.discard(follower)
        if not self._followers and self._rounds is not None:
            self._rounds.cancel()
            self._rounds = None

    async def _look_in_rounds(self) -> None:
        while True:
            self._due.clear()
            # The first at once: rights may have changed since they were asked for.
            for follower in tuple(self._followers):
                await self._look(follower)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every_s):
                    await self._due.wait()

    async def _look(self, follower: _Follower) -> None:
        try:
            is_visitor = follower.caller.visitor is not None
            admitted = await self._doorkeeper.admit(follower.headers, visitors=is_visitor)
            require(admitted, follower.scope)
        except DeftlyError:
            # Also where nobody can tell now: who may, comes back at once.
            follower.gone.set()
        except Exception:  # noqa: BLE001 - the others are looked at all the same
            _log.exception("stream_check_broke")
            follower.gone.set()
