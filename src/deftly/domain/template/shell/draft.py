"""What is gathered of a word while it is read."""

from dataclasses import dataclass, field
from typing import Final

from deftly.domain.template.placeholder import Placeholder
from deftly.domain.template.shell.words import POSITIONAL, Word

_ALL_POSITIONAL: Final = frozenset("@*")
_NEVER_VALUES: Final = frozenset("#?$!-")


@dataclass(frozen=True, slots=True)
class Sum:
    """One ``$((…))``: where it stands, the variables it counts with, the commands inside."""

    at: int
    names: frozenset[str]
    inner: tuple[Word, ...]


@dataclass(slots=True)
class Draft:
    """One word, so far; the fields are those of `Word`."""

    literal: str | None = ""
    prefix: str = ""
    values: list[Placeholder] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    bare: set[str] = field(default_factory=set)
    inner: list[Word] = field(default_factory=list)
    splits: bool = False
    has_brackets: bool = False

    def text(self, text: str) -> None:
        """Add text a program sees as it is."""
        if self.literal is not None:
            self.literal += text
            self.prefix = self.literal

    def dynamic(self, *, splits: bool = False) -> None:
        """Notice something that is only known when the script runs."""
        self.literal = None
        self.splits |= splits

    def value(self, placeholder: Placeholder) -> None:
        """Notice a placeholder."""
        self.dynamic()
        self.values.append(placeholder)

    def name(self, name: str, *, quoted: bool) -> None:
        """Notice a variable."""
        self.dynamic(splits=not quoted)
        if name in _NEVER_VALUES:
            return
        counted = POSITIONAL if name.isdigit() or name in _ALL_POSITIONAL else name
        self.names.add(counted)
        if not quoted:
            self.bare.add(counted)

    def take_in(self, other: "Draft") -> None:
        """Notice what stands in a part of the word."""
        self.dynamic(splits=other.splits)
        self.names |= other.names
        self.bare |= other.bare
        self.inner += other.inner

    def word(self, source: str) -> Word:
        """Return it whole."""
        return Word(
            source,
            self.literal,
            self.prefix,
            tuple(self.values),
            frozenset(self.names),
            frozenset(self.bare),
            tuple(self.inner),
            self.splits,
        )
