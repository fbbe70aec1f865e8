"""The one way to answer with a stream: counted, kept alive, over with its caller's rights."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from deftly.domain.access import Scope
from deftly.rest.ask import Ask
from deftly.rest.sse import EventStream, kept_alive


@dataclass(frozen=True, slots=True)
class Place:
    """Room for one stream, held until its connection is over, or at once where it never begins."""

    _held: ExitStack
    _ends: tuple[asyncio.Event, ...]

    def afterwards(self, call: Callable[[], None]) -> None:
        """Call this once the connection is over, however it ended."""
        self._held.callback(call)

    def stream(
        self, lines: AsyncGenerator[bytes, None], headers: dict[str, str] | None = None
    ) -> EventStream:
        """Return the answer that sends the lines."""
        alive = kept_alive(lines, *self._ends)
        return EventStream(alive, self._held.pop_all().close, headers)


@contextmanager
def place_for(ask: Ask, scope: Scope) -> Iterator[Place]:
    """Make room for a stream that ends as soon as its caller is not let in with this scope.

    Raises:
        TooMany: As many are open as may be: of this visitor or address, or of all.
    """
    backing, caller = ask.backing, ask.caller
    headers = ask.request.scope["headers"]
    with ExitStack() as held:
        held.enter_context(backing.visitor_limits.one_stream(caller, ask.address))
        held.enter_context(backing.streams.one_more(caller))
        gone = held.enter_context(backing.standing.watched(headers, caller, scope))
        yield Place(held, (backing.stopping, gone))
