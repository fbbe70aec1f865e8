"""How often somebody may call, and how often an action may be called; per process."""

from math import ceil
from typing import Final, NoReturn

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
        self._by_principal: dict[str, int] = {}
        self._by_action: dict[str, int] = {}
        self._window = 0

    def take(self, principal: Principal, action: Action) -> None:
        """Count one call.

        Raises:
            TooMany: A limit is reached; carries the seconds until the next window.
        """
        self._turn_window()
        made = self._by_principal.get(principal.id, 0)
        if made >= self._per_principal:
            self._refuse(f"{principal.name} made", self._per_principal)
        limit = action.limits.calls_per_minute
        got = self._by_action.get(action.id, 0)
        if limit is not None and got >= limit:
            self._refuse(f"{action.tool} got", limit)
        self._by_principal[principal.id] = made + 1
        self._by_action[action.id] = got + 1

    def _turn_window(self) -> None:
        window = int(self._clock.monotonic_s() // _WINDOW_S)
        if window != self._window:
            self._window = window
            self._by_principal.clear()
            self._by_action.clear()

    def _refuse(self, told: str, limit: int) -> NoReturn:
        wait_s = max(1, ceil((self._window + 1) * _WINDOW_S - self._clock.monotonic_s()))
        message = f"{told} {limit} calls this minute, the limit; wait {wait_s} seconds."
        raise TooMany(message, retry_after_s=wait_s)
