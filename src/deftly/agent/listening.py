"""What one who follows has not heard yet: words are put together while they wait."""

import asyncio
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

_BACKLOG_MAX: Final = 10_000
_BACKLOG_CHARACTERS: Final = 1_000_000
# Each piece costs an event and a write: thirty a second look as smooth as a thousand.
BREATH_S: Final = 0.033


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of the agent's words, while they are still being said.

    Attributes:
        first: The message begins with it.
    """

    message_id: str
    text: str
    first: bool


@dataclass(slots=True)
class _Piece:
    """Words that were said since the last look."""

    message_id: str
    first: bool
    texts: list[str] = field(default_factory=list)


class Listener:
    """Hears the first words at once and further ones every breath; never what is too much."""

    def __init__(self) -> None:
        """Start with nothing heard."""
        self._waiting: deque[_Piece | None] = deque()
        self._characters = 0
        self._breathes_until_s = 0.0
        self._woken = asyncio.Event()
        # Set by what does not wait for a breath.
        self._pressed = asyncio.Event()
        self.is_over = False

    def end(self) -> None:
        """Something was missed, or nothing will follow."""
        self.is_over = True
        self._woken.set()
        self._pressed.set()

    def say(self, words: Words) -> None:
        """Put words behind those of the same message that were not heard yet."""
        last = self._waiting[-1] if self._waiting else None
        if last is None or last.message_id != words.message_id:
            last = _Piece(words.message_id, words.first)
            self._waiting.append(last)
        last.texts.append(words.text)
        self._characters += len(words.text)
        self._woken.set()
        self._check_backlog()

    def wake(self) -> None:
        """Something was written down."""
        self._waiting.append(None)
        self._woken.set()
        self._pressed.set()
        self._check_backlog()

    def _check_backlog(self) -> None:
        if len(self._waiting) > _BACKLOG_MAX or self._characters > _BACKLOG_CHARACTERS:
            self.end()

    async def next(self, within_s: float) -> Words | None:
        """Return further words; None where the transcript is to be read, or nothing came."""
        if not self._waiting:
            self._woken.clear()
            await _set(self._woken, within_s)
        breath_s = self._breathes_until_s - _now_s()
        if breath_s > 0 and not self._is_pressed():
            self._pressed.clear()
            await _set(self._pressed, breath_s)
        if not self._waiting:
            return None
        return self._heard(self._waiting.popleft())

    def _is_pressed(self) -> bool:
        return self.is_over or None in self._waiting

    def _heard(self, piece: _Piece | None) -> Words | None:
        if piece is None:
            return None
        text = "".join(piece.texts)
        self._characters -= len(text)
        self._breathes_until_s = _now_s() + BREATH_S
        return Words(piece.message_id, text, piece.first)


def _now_s() -> float:
    return asyncio.get_running_loop().time()


async def _set(event: asyncio.Event, within_s: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            await event.wait()
