"""``/api/events``: what changes, as it changes (server-sent events)."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import ExitStack, aclosing
from typing import Final

from starlette.responses import Response

from deftly.domain.access import Scope
from deftly.domain.event import Event
from deftly.errors import StoreUnavailable
from deftly.rest.ask import Ask, Asked
from deftly.rest.sse import HEARTBEAT, EventStream, kept_alive, place_of
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
    counted = ExitStack()
    counted.enter_context(ask.backing.streams.one_more(ask.caller))
    headers = ask.request.scope["headers"]
    gone = counted.enter_context(ask.backing.standing.watched(headers, ask.caller, Scope.READ))
    return EventStream(_alive(ask, after, gone), over=counted.close)


async def _alive(ask: Ask, after: int, gone: asyncio.Event) -> AsyncGenerator[bytes, None]:
    # At once: who opens the stream learns that it is open.
    yield HEARTBEAT
    lines = _lines(ask.backing.changes, after)
    async with aclosing(kept_alive(lines, ask.backing.stopping, gone)) as on:
        async for line in on:
            yield line


async def _lines(changes: Changes, after: int) -> AsyncGenerator[bytes, None]:
    while True:
        try:
            async with aclosing(changes.follow(after)) as events:
                async for event in events:
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
