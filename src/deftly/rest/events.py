"""``/api/events``: what changes, as it changes (server-sent events)."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final

from starlette.responses import Response

from deftly.domain.access import Scope
from deftly.domain.event import UNTOLD, Event
from deftly.errors import StoreUnavailable
from deftly.rest.ask import Asked
from deftly.rest.sse import HEARTBEAT, place_of
from deftly.rest.streaming import place_for
from deftly.store.changes import Changes, Lagged
from deftly.values import dump_json

_RESET: Final = b"event: reset\ndata: {}\n\n"


async def stream_events(ask: Asked) -> Response:
    """Stream every event from now on, or after ``Last-Event-ID``.

    An event ``reset`` says that events were missed: read the present state anew.
    """
    changes = ask.backing.changes
    place = place_of(ask)
    after = await changes.latest() if place is None else place
    with place_for(ask, Scope.READ) as room:
        return room.stream(_lines(changes, after))


async def _lines(changes: Changes, after: int) -> AsyncGenerator[bytes, None]:
    # At once: who opens the stream learns that it is open.
    yield HEARTBEAT
    while True:
        try:
            async with aclosing(changes.follow(after)) as events:
                async for event in events:
                    if event.kind not in UNTOLD:
                        yield _line(event)
        except Lagged:
            after = await changes.latest()
            yield _RESET
        except StoreUnavailable:
            return


def _line(event: Event) -> bytes:
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (
        event.seq,
        event.kind.value.encode(),
        dump_json(event.wire()),
    )
