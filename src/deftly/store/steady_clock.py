"""Time that is never moved back, which is what expiry is measured by."""

import threading
from datetime import datetime, timedelta

from deftly.values import Clock


class SteadyClock:
    """A clock that goes on where another one was moved back; any thread may ask it.

    It is the composition root's clock until that one falls behind; from then on it is
    the last good time plus what the monotonic clock says has passed since.
    """

    def __init__(self, clock: Clock) -> None:
        """Start at the time the clock tells now."""
        self._clock = clock
        self._guard = threading.Lock()
        self._anchor = clock.now()
        self._anchor_s = clock.monotonic_s()

    def now(self) -> datetime:
        """Return the time in UTC, at least what any earlier call returned."""
        told, passed_s = self._clock.now(), self._clock.monotonic_s()
        with self._guard:
            if told < self._anchor:
                told = self._anchor + timedelta(seconds=passed_s - self._anchor_s)
            self._anchor, self._anchor_s = told, passed_s
            return told

    def monotonic_s(self) -> float:
        """Return seconds that never run backwards."""
        return self._clock.monotonic_s()

    def raise_to(self, moment: datetime) -> None:
        """Go on from ``moment`` if that is later: another process, or a former one, has seen it."""
        now = self.now()
        with self._guard:
            if moment > now:
                self._anchor, self._anchor_s = moment, self._clock.monotonic_s()
