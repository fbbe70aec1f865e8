"""Open streams end with the rights of whoever follows them."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from deftly.domain.access import Principal, Scope
from deftly.domain.event import Event, EventKind
from deftly.errors import DeftlyError
from deftly.rest.auth import Doorkeeper, require
from deftly.store.changes import Changes
from deftly.values import Clock

_OF_RIGHTS: Final = frozenset({EventKind.USER_CHANGED, EventKind.KEY_CHANGED})


@dataclass(frozen=True, slots=True, eq=False)
class _Follower:
    """A request that is still being answered, and what it came with."""

    headers: Iterable[tuple[bytes, bytes]]
    caller: Principal
    scope: Scope
    gone: asyncio.Event = field(default_factory=asyncio.Event)


class Standing:
    """Asks the doorkeeper again, for every open stream, whenever somebody's rights change."""

    def __init__(self, doorkeeper: Doorkeeper, changes: Changes, clock: Clock) -> None:
        """Hear of changes in any process."""
        self._doorkeeper = doorkeeper
        self._clock = clock
        self._followers: set[_Follower] = set()
        self._looks: set[asyncio.Task[None]] = set()
        changes.subscribe(_OF_RIGHTS, self._heard)

    @contextmanager
    def watched(
        self, headers: Iterable[tuple[bytes, bytes]], caller: Principal, scope: Scope
    ) -> Iterator[asyncio.Event]:
        """Give an event that is set once the caller may not follow any more.

        A visitor may as long as the token lasts, and comes back with another.
        """
        follower = _Follower(headers, caller, scope)
        self._followers.add(follower)
        ending = self._ending(follower)
        try:
            yield follower.gone
        finally:
            self._followers.discard(follower)
            if ending is not None:
                ending.cancel()

    def _ending(self, follower: _Follower) -> asyncio.TimerHandle | None:
        visitor = follower.caller.visitor
        if visitor is None:
            return None
        left_s = visitor.ends_at_s - self._clock.now().timestamp()
        return asyncio.get_running_loop().call_later(max(0.0, left_s), follower.gone.set)

    def _heard(self, event: Event) -> None:
        del event
        look = asyncio.create_task(self._look())
        self._looks.add(look)
        look.add_done_callback(self._looks.discard)

    async def _look(self) -> None:
        for follower in tuple(self._followers):
            try:
                is_visitor = follower.caller.visitor is not None
                admitted = await self._doorkeeper.admit(follower.headers, visitors=is_visitor)
                require(admitted, follower.scope)
            except DeftlyError:
                # Also where nobody can tell now: who may, comes back at once.
                follower.gone.set()
