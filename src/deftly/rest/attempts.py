"""How often somebody may try a password: per address, per e-mail, and per both; per process.

A stranger must not guess, nor lock anybody out for long. So a wait is never over a minute, and
what others try from elsewhere does not count where the user has signed in from before.
"""

from math import ceil
from typing import Final

from deftly.errors import TooMany
from deftly.rest.bucket import Bucket
from deftly.values import Clock

_KEYS_MAX: Final = 10_000


class Attempts:
    """Counts attempts before they are made, so that many at once do not slip through."""

    def __init__(self, clock: Clock) -> None:
        """Start with none."""
        self._clock = clock
        self._both = Bucket(at_once=5, every_s=60)
        self._address = Bucket(at_once=20, every_s=10)
        self._email = Bucket(at_once=20, every_s=60)
        self._proven: dict[str, None] = {}

    def take(self, email: str, address: str) -> None:
        """Count an attempt.

        Raises:
            TooMany: Carries how long to wait.
        """
        now_s = self._clock.monotonic_s()
        counted = self._counted(email, address)
        wait_s = ceil(max(bucket.wait_s(key, now_s) for bucket, key in counted))
        if wait_s > 0:
            message = (
                f"Too many attempts to sign in; wait {wait_s} seconds. "
                "A link of 'deftly login-link' signs in at once."
            )
            raise TooMany(message, retry_after_s=wait_s)
        for bucket, key in counted:
            bucket.add(key, now_s)

    def succeeded(self, email: str, address: str) -> None:
        """Take back an attempt that was right, and know the address for this e-mail."""
        for bucket, key in self._counted(email, address):
            bucket.take_back(key)
        both = _both(email, address)
        self._both.empty(both)
        self._proven.pop(both, None)
        if len(self._proven) >= _KEYS_MAX:
            del self._proven[next(iter(self._proven))]
        self._proven[both] = None

    def _counted(self, email: str, address: str) -> list[tuple[Bucket, str]]:
        both = _both(email, address)
        counted = [(self._both, both), (self._address, address)]
        return counted if both in self._proven else [*counted, (self._email, email)]


def _both(email: str, address: str) -> str:
    return f"{address} {email}"
