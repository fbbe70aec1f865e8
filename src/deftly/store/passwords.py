"""Digests of passwords: Argon2id, in threads, a bounded number at a time."""

import asyncio
import os
from collections.abc import Callable
from typing import Final, TypeVar

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from deftly.errors import TooMany

# The OWASP Password Storage Cheat Sheet's row of 19 MiB.
_MEMORY_KIB: Final = 19 * 1024
_PASSES: Final = 2
_LANES: Final = 1
_SALT_BYTES: Final = 16
_DIGEST_BYTES: Final = 32
# Two keep both cores of a small machine busy; others wait their turn.
_AT_ONCE: Final = 2
_WAITING_MAX: Final = 16
_RETRY_AFTER_S: Final = 2

Found = TypeVar("Found")


class Passwords:
    """Digests and compares passwords without holding up the loop."""

    def __init__(self) -> None:
        """Start with nobody waiting."""
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._present = 0

    async def digest(self, password: str) -> str:
        """Return what may be stored: parameters, salt and digest, in the PHC string format.

        Raises:
            TooMany: Too many passwords are being worked on.
        """
        return await self._in_turn(lambda: _digest(password))

    async def fits(self, password: str, stored: str | None) -> bool:
        """Tell whether it is the password; it takes as long where there is none.

        Raises:
            TooMany: Too many passwords are being worked on.
        """
        return await self._in_turn(lambda: _fits(password, stored))

    async def _in_turn(self, work: Callable[[], Found]) -> Found:
        if self._present >= _AT_ONCE + _WAITING_MAX:
            message = f"Too many are signing in at once; wait {_RETRY_AFTER_S} seconds."
            raise TooMany(message, retry_after_s=_RETRY_AFTER_S)
        self._present += 1
        try:
            async with self._turns:
                return await asyncio.to_thread(work)
        finally:
            self._present -= 1


def _digest(password: str) -> str:
    argon = Argon2id(
        salt=os.urandom(_SALT_BYTES),
        length=_DIGEST_BYTES,
        iterations=_PASSES,
        lanes=_LANES,
        memory_cost=_MEMORY_KIB,
    )
    return argon.derive_phc_encoded(_bytes_of(password))


def _fits(password: str, stored: str | None) -> bool:
    if stored is None:
        # Made all the same, so that an answer takes as long as for somebody.
        _digest(password)
        return False
    try:
        Argon2id.verify_phc_encoded(_bytes_of(password), stored)
    except InvalidKey:
        return False
    return True


def _bytes_of(password: str) -> bytes:
    return password.encode(errors="surrogatepass")
