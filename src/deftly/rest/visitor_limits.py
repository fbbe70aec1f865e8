"""How often visitors may begin, ask and write: per visitor, and per address; per process.

Anybody may become a visitor, and a model's answer costs money: so what one address may have
written is bounded too, whatever number of visitors it makes of itself.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from math import ceil
from typing import Final

from deftly.domain.access import Principal
from deftly.errors import TooMany
from deftly.rest.bucket import Bucket
from deftly.values import Clock

# People behind one address, such as an office, who write at the same time.
_WRITERS_PER_ADDRESS: Final = 6
_MINUTE_S: Final = 60
# Well above what a chat asks for that is opened, read, answered and reloaded.
REQUESTS_PER_MINUTE: Final = 120
# A stream for each tab, and one for the answer under way; an address is an office again.
STREAMS_PER_VISITOR: Final = 8
STREAMS_PER_ADDRESS: Final = 48
_RETRY_AFTER_S: Final = 5


class VisitorLimits:
    """Counts what visitors do; whoever holds a key or is logged in is no visitor."""

    def __init__(self, clock: Clock, *, messages_per_minute: int, sessions_per_minute: int) -> None:
        """Take the operator's limits."""
        self._clock = clock
        self._by_visitor = _per_minute(messages_per_minute)
        self._by_address = _per_minute(messages_per_minute * _WRITERS_PER_ADDRESS)
        self._sessions = _per_minute(sessions_per_minute)
        self._requests_by_visitor = _per_minute(REQUESTS_PER_MINUTE)
        self._requests_by_address = _per_minute(REQUESTS_PER_MINUTE * _WRITERS_PER_ADDRESS)
        self._streams: Counter[str] = Counter()

    def take_session(self, address: str) -> None:
        """Count a session that is asked for.

        Raises:
            TooMany: Carries how long to wait.
        """
        self._take("sessions", (self._sessions, address))

    def take_request(self, caller: Principal, address: str) -> None:
        """Count a request of a visitor, whatever it is for.

        Raises:
            TooMany: Carries how long to wait.
        """
        if caller.visitor is not None:
            counted = (self._requests_by_visitor, caller.id), (self._requests_by_address, address)
            self._take("requests", *counted)

    def take_message(self, caller: Principal, address: str) -> None:
        """Count a message, an answer or a card that a visitor sends.

        Raises:
            TooMany: Carries how long to wait.
        """
        if caller.visitor is not None:
            self._take("messages", (self._by_visitor, caller.id), (self._by_address, address))

    @contextmanager
    def one_stream(self, caller: Principal, address: str) -> Iterator[None]:
        """Count an open stream of a visitor for as long as the block lasts.

        Raises:
            TooMany: The visitor, or the address, has as many open as may be.
        """
        if caller.visitor is None:
            yield
            return
        limits = {caller.id: STREAMS_PER_VISITOR, f"at {address}": STREAMS_PER_ADDRESS}
        if any(self._streams[key] >= most for key, most in limits.items()):
            message = "Too many chats are open here; close one, or try again later."
            raise TooMany(message, retry_after_s=_RETRY_AFTER_S)
        self._streams.update(limits.keys())
        try:
            yield
        finally:
            self._streams.subtract(limits.keys())
            self._streams = +self._streams  # those without any are forgotten

    def _take(self, what: str, *counted: tuple[Bucket, str]) -> None:
        now_s = self._clock.monotonic_s()
        wait_s = ceil(max(bucket.wait_s(key, now_s) for bucket, key in counted))
        if wait_s > 0:
            message = f"Too many {what} in a short time; wait {wait_s} seconds."
            raise TooMany(message, retry_after_s=wait_s)
        for bucket, key in counted:
            bucket.add(key, now_s)


def _per_minute(number: int) -> Bucket:
    return Bucket(at_once=number, every_s=_MINUTE_S / number)
