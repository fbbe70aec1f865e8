"""The sentences for words that hold a value where none may."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NoReturn

from deftly.domain.template.shell.cursor import Cursor
from deftly.domain.template.shell.flow import Flow, Taint
from deftly.domain.template.shell.words import POSITIONAL, Word

ELSEWHERE: Final = (
    "use another command, or give it to a script as an operand: sh -c '… \"$1\"' _ {{…}}"
)


@dataclass(frozen=True, slots=True)
class Call:
    """A command's name and arguments, with what is in front of its name taken away.

    Attributes:
        has_text: A here-document in which nothing is expanded is its input.
        replaced: What ``xargs`` or ``find`` puts other text for; empty if nothing.
        appends: ``xargs`` adds words at the end.
    """

    words: tuple[Word, ...]
    has_text: bool = False
    replaced: str = ""
    appends: bool = False


class Refusals:
    """What values get into, and how to say that they may not.

    Attributes:
        allow_options: Parameters whose values may begin with ``-`` or ``@``.
    """

    def __init__(self, script: Cursor, flow: Flow, allow_options: frozenset[str]) -> None:
        """Speak of one script."""
        self.script = script
        self.flow = flow
        self.allow_options = allow_options

    def holds(self, words: Iterable[Word]) -> Word | None:
        """Return the first word that may hold a value or what was made of one."""
        return next((word for word in words if self.flow.of(word)), None)

    def may_be_option(self, word: Word) -> bool:
        """Tell whether a value may make an option of the word."""
        named = {value.argument for value in word.values}
        is_exempt = bool(word.names and self.allow_options) or not named.isdisjoint(
            self.allow_options
        )
        return not word.prefix and is_exempt

    def refuse(self, word: Word, place: str, fix: str) -> NoReturn:
        """Refuse a word that holds a value.

        Raises:
            InvalidDefinition: Always; the sentence names what, where, and the fix.
        """
        if word.values:
            self.script.fail_value(word.values[0], place, fix)
        held = [name for name in sorted(word.names) if self.flow.of_name(name)]
        what = f"{shown(held[0])}, which can hold a value," if held else "$( … ) with a value in it"
        self.script.fail(f"{what} stands {place}; {fix}.")

    def refuse_split(self, word: Word) -> None:
        """Refuse a variable that holds a value and is not in double quotes."""
        name = self.flow.split(word)
        if name is not None and self.flow.of_name(name) is Taint.VALUE:
            self.script.fail(
                f"{shown(name)} can hold a value and would be cut into several words; write it in "
                f'double quotes: "{shown(name)}".'
            )


def shown(name: str) -> str:
    """Return a variable as a script has it."""
    return "$1" if name == POSITIONAL else f"${name}"
