"""A place in a script that is being read, and the sentences for what may not stand there."""

import re
from typing import Final, NoReturn

from deftly.domain.template.placeholder import Parts, Placeholder, refuse
from deftly.domain.template.shell.words import MARK

MAX_DEPTH: Final = 24

_OPERATOR: Final = re.compile(r"&&|\|\||;;|<<-|<<|>>|<&|>&|<>|>\||[;&|()<>\n]")
# Joined with what stands before or after, these are read as one by some shells.
_FOREIGN: Final = re.compile(r"<<<|&>|\|&|;;?&|[<>]\(")
_JOINABLE: Final = re.compile(r"[A-Za-z0-9_./\"'-]")


class Cursor:
    """Reads forward through one script."""

    def __init__(self, parts: Parts, path: str, inside: str = "") -> None:
        """Start at the beginning; ``inside`` is the command whose code this is, if it is one's."""
        self._place = f"in the code of {inside}, line" if inside else "line"
        self.text = "".join(part if isinstance(part, str) else MARK for part in parts)
        self.at = 0
        self._path = path
        self._depth = 0
        marks = (at for at, character in enumerate(self.text) if character == MARK)
        held = (part for part in parts if isinstance(part, Placeholder))
        self._marks = dict(zip(marks, held, strict=True))

    # -- sentences

    def fail(self, sentence: str) -> NoReturn:
        """Refuse the script.

        Raises:
            InvalidDefinition: Always.
        """
        refuse(self._path, f"{self._place} {self.text.count(chr(10), 0, self.at) + 1}: {sentence}")

    def fail_value(self, placeholder: Placeholder, place: str, fix: str) -> NoReturn:
        """Refuse a placeholder because of its place."""
        self.fail(f"{placeholder} stands {place}; {fix}.")

    def keep_free(self, start: int, end: int, place: str, fix: str) -> None:
        """Refuse the first placeholder between two places."""
        mark = self.text.find(MARK, start, end)
        if mark >= 0:
            self.fail_value(self._marks[mark], place, fix)

    def placeholder(self) -> Placeholder:
        """Return the one that stands here."""
        return self._marks[self.at]

    # -- reading

    @property
    def here(self) -> str:
        """The next character, empty at the end."""
        return self.text[self.at : self.at + 1]

    def follows(self, text: str) -> bool:
        """Tell whether the text comes next."""
        return self.text.startswith(text, self.at)

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return what the pattern finds exactly here."""
        return pattern.match(self.text, self.at)

    def operator(self) -> str:
        """Return the operator that comes next, without taking it."""
        foreign = self.match(_FOREIGN)
        if foreign:
            self.fail(
                f"{foreign[0]} is read differently by different shells; write it as POSIX has it."
            )
        found = self.match(_OPERATOR)
        return found[0] if found else ""

    def blanks(self) -> None:
        """Skip blanks, continued lines and a comment."""
        while self.here:
            if self.here in " \t":
                self.at += 1
            elif self.follows("\\\n"):
                self.continued_line()
            elif self.here == "#":
                end = self.text.find("\n", self.at)
                end = len(self.text) if end < 0 else end
                self.keep_free(self.at, end, "in a comment", "take it out")
                self.at = end
            else:
                return

    def continued_line(self) -> None:
        """Skip a backslash at the end of a line, where nothing is joined by it.

        Raises:
            InvalidDefinition: It would join two halves of something.
        """
        before = self.text[self.at - 1 : self.at] if self.at else "\n"
        after = self.text[self.at + 2 : self.at + 3] or "\n"
        joins = before not in " \t\n" and after not in " \t\n"
        if joins and not (before in ";&|(" and _JOINABLE.match(after)):
            self.fail("a \\ at the end of a line needs a blank before it.")
        self.at += 2

    def enter(self) -> None:
        """Go one level deeper."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.fail(f"commands are nested more than {MAX_DEPTH} deep; write it flatter.")

    def leave(self) -> None:
        """Come back up."""
        self._depth -= 1
