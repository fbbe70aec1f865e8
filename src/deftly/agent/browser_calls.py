"""What those who follow a conversation with a browser are told: calls for it to make."""

from collections.abc import Sequence
from dataclasses import dataclass

from deftly.domain.client_call import ClientCall
from deftly.store.client_calls import ClientCalls


@dataclass(frozen=True, slots=True)
class BrowserAsked:
    """A call waits for a browser; it is no part of the transcript."""

    call: ClientCall


class BrowserCalls:
    """Tells one follower of each waiting call once."""

    def __init__(self, calls: ClientCalls, conversation_id: str) -> None:
        """Start with nothing told: who comes back is told again."""
        self._calls = calls
        self._conversation_id = conversation_id
        self._told: set[str] = set()

    async def news(self) -> Sequence[BrowserAsked]:
        """Return what waits and was not told yet."""
        waiting = await self._calls.waiting(self._conversation_id)
        news = [BrowserAsked(one) for one in waiting if one.id not in self._told]
        self._told = {one.id for one in waiting}
        return news
