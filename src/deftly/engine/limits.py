"""How often somebody may call, and how often an action may be called; per process."""

from math import ceil
from typing import Final

from deftly.domain.access import Principal
from deftly.domain.action import Action
from deftly.errors import TooMany
from deftly.values import Clock

_WINDOW_S: Final = 60


class CallLimiter:
    """Counts calls in windows of one minute, all starting together."""

    def __init__(self, clock: Clock, *, calls_per_minute: int) -> None:
        """Take the limit of every principal; actions bring their own."""
        self._clock = clock
        self._per_principal = calls_per_minute
        self._counts: dict[str, int] = {}
        self._window = 0

    def take(self, principal: Principal, action: Action) -> None:
        """Count one call.

        Raises:
            TooMany: A limit is reached; carries the seconds until the next window.
        """
        self._turn_window()
        who, what = f"principal:{principal.id}", f"action:{action.id}"
        self._refuse_over(who, self._per_principal, f"{principal.name} made")
        self._refuse_over(what, action.limits.calls_per_minute, f"{action.tool} got")
        for subject in (who, what):
            self._counts[subject] = self._counts.get(subject, 0) + 1

    def _turn_window(self) -> None:
        window = int(self._clock.monotonic_s() // _WINDOW_S)
        if window != self._window:
            self._window = window
            self._counts.clear()

    def _refuse_over(self, subject: str, limit: int | None, told: str) -> None:
        if limit is None or self._counts.get(subject, 0) < limit:
            return
        wait_s = max(1, ceil((self._window + 1) * _WINDOW_S - self._clock.monotonic_s()))
        message = f"{told} {limit} calls this minute, the limit; wait {wait_s} seconds."
        raise TooMany(message, retry_after_s=wait_s)
