"""What the scanner finds in a script: words, and the commands they make."""

from dataclasses import dataclass
from typing import Final

from deftly.domain.template.placeholder import Placeholder

MARK: Final = "\x00"  # stands for a placeholder while a script is read; scripts hold no NUL
POSITIONAL: Final = "@"  # the name under which $1, $@ and $* are counted


@dataclass(frozen=True, slots=True)
class Word:
    """One word as it is written.

    Attributes:
        source: As written, a placeholder as `MARK`.
        literal: The text a program sees; None where anything in it is expanded.
        prefix: The text it surely begins with.
        values: Placeholders that stand in it.
        names: Variables expanded in it.
        bare: Those of them outside quotes, which split into several words.
        inner: Words of the commands whose output stands in it.
        splits: It can become several words, or none.
    """

    source: str
    literal: str | None = None
    prefix: str = ""
    values: tuple[Placeholder, ...] = ()
    names: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    inner: tuple["Word", ...] = ()
    splits: bool = False


@dataclass(frozen=True, slots=True)
class Assignment:
    """A variable that gets a value, or one of several."""

    name: str
    value: Word


@dataclass(frozen=True, slots=True)
class Command:
    """One simple command, or what a ``for`` or ``case`` says before its body.

    Attributes:
        assignments: Those before its name; what a loop's variable takes.
        words: Its name and arguments; none for ``for`` and ``case``.
        listed: What a ``for`` goes through; like arguments, unquoted variables in it split.
        others: Targets of redirections, texts of here-documents, subjects and patterns.
        has_text: A here-document in which nothing is expanded is its input.
        at: Where it stands.
    """

    assignments: tuple[Assignment, ...] = ()
    words: tuple[Word, ...] = ()
    listed: tuple[Word, ...] = ()
    others: tuple[Word, ...] = ()
    has_text: bool = False
    at: int = 0

    @property
    def every_word(self) -> tuple[Word, ...]:
        """All of them."""
        return (*(one.value for one in self.assignments), *self.words, *self.listed, *self.others)
