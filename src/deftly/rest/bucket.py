"""So many at once, then one every so often: the counter behind limits of the door."""

from dataclasses import dataclass, field
from typing import Final

_KEYS_MAX: Final = 10_000


@dataclass(slots=True)
class Bucket:
    """So many at once, then one every so often; each key is one number."""

    at_once: int
    every_s: float
    _full_at: dict[str, float] = field(default_factory=dict)

    def wait_s(self, key: str, now_s: float) -> float:
        """Return how long until there is room for one more."""
        ahead_s = self._full_at.get(key, now_s) - now_s
        return max(0.0, ahead_s - (self.at_once - 1) * self.every_s)

    def add(self, key: str, now_s: float) -> None:
        """Count one."""
        full_at = max(self._full_at.pop(key, now_s), now_s) + self.every_s
        if len(self._full_at) >= _KEYS_MAX:
            self._prune(now_s)
        self._full_at[key] = full_at

    def take_back(self, key: str) -> None:
        """Count one less."""
        if key in self._full_at:
            self._full_at[key] -= self.every_s

    def empty(self, key: str) -> None:
        """Forget what was counted."""
        self._full_at.pop(key, None)

    def _prune(self, now_s: float) -> None:
        kept = [(key, at) for key, at in self._full_at.items() if at > now_s]
        # The older half goes too: a flood of keys must not make each one's turn a long one.
        self._full_at = dict(kept[-_KEYS_MAX // 2 :])
