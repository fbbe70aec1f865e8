"""A command line as the Windows prompt takes it: carets first, then quotes and backslashes."""

import re
from typing import Final

from deftly.catalog.porting.curl.words import Words, refuse

_PERCENT: Final = re.compile(r"%(?P<name>[A-Za-z_][A-Za-z0-9_]*)%")
# What the C runtime of Windows tells apart in a command line.
_PIECES: Final = re.compile(r'(?P<slashes>\\*)(?P<quote>"+)|\\+|(?P<blank>\s+)|[^\\"\s]+')


class Windows:
    """A command as the Windows prompt takes it: carets first, then quotes and backslashes."""

    def __init__(self, text: str, found: Words) -> None:
        """Take the text, and where its words go."""
        self._text = text
        self._found = found

    def read(self) -> None:
        """Take the words of the first command."""
        self._split(self._without_carets())

    def _without_carets(self) -> str:
        kept: list[str] = []
        quoted = False
        at = 0
        while at < len(self._text):
            character = self._text[at]
            if character == "^" and not quoted:
                at += 1
                if self._text[at : at + 1] == "\n":
                    at += 1  # the line goes on; what follows is taken as it is
                kept.append(self._text[at : at + 1])
            elif character in "|&<>\n" and not quoted:
                self._found.leave_out(self._text[at:])
                break
            else:
                quoted ^= character == '"'
                kept.append(character)
            at += 1
        return "".join(kept)

    def _split(self, line: str) -> None:
        """Cut the line as the C runtime does."""
        word: list[str] | None = None
        quoted = False
        for piece in _PIECES.finditer(line):
            if piece["blank"] and not quoted:
                self._end(word)
                word = None
                continue
            word = word if word is not None else []
            if not piece["quote"]:
                word.append(piece[0])
                continue
            slashes, quotes = len(piece["slashes"]), len(piece["quote"])
            word.append("\\" * (slashes // 2))
            if slashes % 2:
                word.append('"')
                quotes -= 1
            if not quoted and quotes:
                quoted, quotes = True, quotes - 1
            # Inside quotes, two of them are one that is meant.
            word.append('"' * (quotes // 2))
            quoted = quoted and not quotes % 2
        if quoted:
            refuse('a " is never closed; paste the whole command.')
        self._end(word)

    def _end(self, word: list[str] | None) -> None:
        if word is not None:
            text = "".join(word)
            found = self._found
            found.words.append(_PERCENT.sub(lambda one: found.placeholder(one["name"]), text))
