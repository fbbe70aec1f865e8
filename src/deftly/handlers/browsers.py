"""Waiting for browsers: a client call is offered, and its maker hears what becomes of it.

Which browser makes the call, and in which process it asks for it, is decided in the store; who
waits here is woken by the log of changes, and holds nothing while it waits.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import structlog

from deftly.domain.client_call import ClientCall, ClientStatus, Offer
from deftly.domain.event import Event, EventKind
from deftly.errors import ClientFailed, NoBrowser, NoReport, StoreUnavailable
from deftly.store.changes import Changes
from deftly.store.client_calls import SUBJECT, ClientCalls
from deftly.values import JsonValue

_log = structlog.get_logger(__name__)

STARTED: Final = "Started in the visitor's browser."
_NOBODY: Final = "No browser took this call in time; nothing was started."
_CANNOT_FOLLOW: Final = "This action runs in a browser, and this conversation has none."
_NOT_TOLD: Final = (
    "The browser started this and did not tell within {within_s:g} seconds how it ended; "
    "it was not repeated."
)
# A process that dies says nothing, and a wake-up may be lost: look again now and then.
_LOOK_AGAIN_S: Final = 1.0


@dataclass(frozen=True, slots=True)
class BrowserWaits:
    """How long a call waits.

    Attributes:
        start_s: For a browser to take it.
        settle_s: For an early error of code that returns nothing; and, beyond its own time limit,
            for the report of code that returns something.
    """

    start_s: float = 15.0
    settle_s: float = 0.5


class Browsers:
    """Offers calls to the browsers of a conversation, and waits for one of them."""

    def __init__(
        self, calls: ClientCalls, changes: Changes, waits: BrowserWaits | None = None
    ) -> None:
        """Take where calls are kept, and what tells of changes in any process."""
        self.waits = waits or BrowserWaits()
        self._calls = calls
        self._woken: dict[str, asyncio.Event] = {}
        changes.subscribe({EventKind.CONVERSATION_CHANGED}, self._heard)

    def _heard(self, event: Event) -> None:
        woken = self._woken.get(str(event.data.get(SUBJECT)))
        if woken is not None:
            woken.set()

    async def make(self, offer: Offer) -> JsonValue:
        """Have the call made by a browser; return what the agent is told.

        Raises:
            NoBrowser: None took it; none will.
            ClientFailed: The code threw.
            NoReport: It was started, and nobody knows how it ended.
        """
        self._woken[offer.run_id] = asyncio.Event()
        try:
            if not await self._calls.offer(offer):
                raise NoBrowser(_CANNOT_FOLLOW)
            await self._taken(offer)
            return await self._told(offer)
        finally:
            del self._woken[offer.run_id]

    async def _taken(self, offer: Offer) -> None:
        """Wait for a browser to take the call; take it back from all of them if none does."""
        status = await self._status(offer.run_id, offer.start_s, lambda one: one is not _WAITING)
        if status is ClientStatus.GONE or (
            status is _WAITING and await self._calls.withdraw(offer.run_id)
        ):
            raise NoBrowser(_NOBODY)

    async def _told(self, offer: Offer) -> JsonValue:
        within_s = (offer.timeout_s if offer.returns else 0.0) + self.waits.settle_s
        await self._status(offer.run_id, within_s, lambda one: one is not ClientStatus.STARTED)
        ended = await self._calls.find(offer.run_id)
        match ended:
            case ClientCall(status=ClientStatus.FAILED, error=error):
                raise ClientFailed(f"The code in the browser failed: {error}")
            case ClientCall(status=ClientStatus.FINISHED, result=result):
                return result if offer.returns else STARTED
            case _ if offer.returns:
                raise NoReport(_NOT_TOLD.format(within_s=offer.timeout_s))
            case _:
                return STARTED

    async def _status(
        self, call_id: str, within_s: float, done: Callable[[ClientStatus], bool]
    ) -> ClientStatus:
        """Return how the call stands once that is what was waited for, or the time is over."""
        loop = asyncio.get_running_loop()
        ends_s = loop.time() + within_s
        status = _WAITING
        while True:
            woken = self._woken[call_id]
            woken.clear()
            status = await self._looked(call_id, status)
            left_s = ends_s - loop.time()
            if done(status) or left_s <= 0:
                return status
            with suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), min(left_s, _LOOK_AGAIN_S))

    async def _looked(self, call_id: str, before: ClientStatus) -> ClientStatus:
        try:
            found = await self._calls.find(call_id)
        except StoreUnavailable as fault:
            # What a browser does meanwhile is not undone by giving up here.
            _log.warning("client_call_not_seen", run_id=call_id, internal=fault.internal)
            return before
        # Forgotten with its conversation: nobody follows that any more.
        return ClientStatus.GONE if found is None else found.status


_WAITING: Final = ClientStatus.WAITING
