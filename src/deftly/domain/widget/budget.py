"""How much work one card may be: steps, characters and values, counted down to zero."""

import math
from typing import Final

from deftly.values import JsonValue

STEPS_LIMIT: Final = 30_000
CHARACTERS_LIMIT: Final = 1_000_000
VALUES_LIMIT: Final = 20_000
# Of JSON: a level of elements has two, the list and what is in it.
DEPTH_LIMIT: Final = 50


class UnfitError(ValueError):
    """An expression or a card that does not work out; the text is a sentence without a place."""


class Budget:
    """What is left to spend on one card.

    A step is a part of an expression looked at, an element of the template, or an item of a
    list gone over. Whatever makes or reads text pays its characters.
    """

    __slots__ = ("_characters", "_steps", "_values")

    def __init__(self) -> None:
        """Start with the full limits."""
        self._steps = STEPS_LIMIT
        self._characters = CHARACTERS_LIMIT
        self._values = VALUES_LIMIT

    def step(self, count: int = 1) -> None:
        """Spend steps.

        Raises:
            UnfitError: There are none left; so with the others.
        """
        self._steps -= count
        if self._steps < 0:
            raise UnfitError(f"it takes more than {STEPS_LIMIT} steps; show fewer items.")

    def text(self, characters: int) -> None:
        """Spend characters."""
        self._characters -= characters
        if self._characters < 0:
            raise UnfitError(f"it handles more than {CHARACTERS_LIMIT} characters; show less text.")

    def admit(self, value: JsonValue, depth: int = 0) -> None:
        """Spend one value for each part of what goes into the card."""
        if depth > DEPTH_LIMIT:
            raise UnfitError(f"it is nested more than {DEPTH_LIMIT} levels deep.")
        self._values -= 1
        if self._values < 0:
            raise UnfitError(f"it holds more than {VALUES_LIMIT} values; show fewer items.")
        match value:
            case str():
                self.text(len(value))
            case dict():
                for key, member in value.items():
                    self.text(len(key))
                    self.admit(member, depth + 1)
            case list():
                for item in value:
                    self.admit(item, depth + 1)
            case float() if not math.isfinite(value):
                raise UnfitError("it holds a number that is not finite.")
            case _:
                pass
