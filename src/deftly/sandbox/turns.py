"""Turns to run: a few at a time, the others wait in the order they came, and not for ever."""

import asyncio
import os
from typing import Final

from deftly.errors import LimitExceeded

WAIT_LIMIT_S: Final = 60.0
"""How long a run waits for its turn; its own time has not begun then."""


class Turns:
    """Hands out turns; whoever has one gives it back.

    Attributes:
        at_once: How many there are.
    """

    def __init__(self, crowded: str, at_once: int | None = None) -> None:
        """Have one turn a processor, and two at least, by default.

        Args:
            crowded: What those are told who had none, as the beginning of a sentence.
            at_once: How many there are.
        """
        self.at_once = at_once or max(2, os.cpu_count() or 1)
        self._crowded = crowded
        self._places = asyncio.Semaphore(self.at_once)

    async def take(self) -> None:
        """Wait for a turn, in the order of asking.

        Raises:
            LimitExceeded: There was none in time.
        """
        try:
            async with asyncio.timeout(WAIT_LIMIT_S):
                await self._places.acquire()
        except TimeoutError:
            message = (
                f"{self._crowded}: this had no turn within {WAIT_LIMIT_S:g} seconds, and nothing "
                "of it was started; try again later."
            )
            raise LimitExceeded(message) from None

    def give_back(self) -> None:
        """End a turn: the next in line has it."""
        self._places.release()
