"""Where values go in a script: into which variables, and with them into which words.

The order of commands plays no part: a variable that gets a value anywhere holds one everywhere.
"""

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Final

from deftly.domain.template.shell.words import POSITIONAL, Assignment, Command, Word

_ASSIGNS: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FROM_INPUT: Final = frozenset({"read", "getopts"})
_OURS: Final = "DEFTLY_"


class Taint(IntEnum):
    """What of a value may be in a word."""

    NONE = 0
    OUTPUT = 1  # what a command made of it
    VALUE = 2  # itself


class Flow:
    """What the words of one script can hold."""

    def __init__(self, commands: Iterable[Command]) -> None:
        """Follow values from variable to variable."""
        every = tuple(commands)
        # What a function or `set` is given cannot be told apart, so it counts as a value.
        self._held: dict[str, Taint] = {POSITIONAL: Taint.VALUE, "OPTARG": Taint.VALUE}
        for command in every:
            self._held |= dict.fromkeys(_names_read(command), Taint.OUTPUT)
        self._follow([one for command in every for one in _assignments(command)])

    def _follow(self, assignments: list[Assignment]) -> None:
        users: dict[str, list[Assignment]] = {}
        for one in assignments:
            for word in (one.value, *one.value.inner):
                for name in word.names:
                    users.setdefault(name, []).append(one)
        waiting = list(assignments)
        while waiting:
            one = waiting.pop()
            taint = self.of(one.value)
            if taint > self.of_name(one.name):
                self._held[one.name] = taint
                waiting += users.get(one.name, ())

    def of(self, word: Word) -> Taint:
        """Return what the word may hold."""
        held = self._of_itself(word)
        if held is Taint.NONE and any(self._of_itself(inner) for inner in word.inner):
            return Taint.OUTPUT
        return held

    def _of_itself(self, word: Word) -> Taint:
        if word.values:
            return Taint.VALUE
        return max((self.of_name(name) for name in word.names), default=Taint.NONE)

    def of_name(self, name: str) -> Taint:
        """Return what the variable may hold."""
        return Taint.VALUE if name.startswith(_OURS) else self._held.get(name, Taint.NONE)

    def is_cut(self, word: Word) -> bool:
        """Tell whether the word can be several because of what a value holds."""
        held = any(map(self.of, word.inner)) or any(map(self.of_name, word.bare))
        return word.splits and held

    def split(self, word: Word) -> str | None:
        """Return a variable in it that holds a value and is split into words."""
        return next((name for name in sorted(word.bare) if self.of_name(name) is Taint.VALUE), None)


def _assignments(command: Command) -> Iterator[Assignment]:
    yield from command.assignments
    for word in command.words:
        if assigned := _ASSIGNS.match(word.prefix):
            yield Assignment(assigned[1], word)


def _names_read(command: Command) -> Iterator[str]:
    literals = [word.literal or "" for word in command.words]
    if not _FROM_INPUT.isdisjoint(literals):
        yield from (one for one in literals if _NAME.fullmatch(one))
