"""Words as they arrive, set into a column of the terminal."""

import re
from typing import Final

_PIECES: Final = re.compile(r"\n| +|[^ \n]+")


class Column:
    """Where the next word goes: after the last one, or under the first.

    Attributes:
        at_line_start: Nothing stands in the current line yet.
    """

    def __init__(self, margin: int, width: int | None) -> None:
        """Begin behind a label of ``margin`` cells; without a width lines are never broken."""
        self.at_line_start = False
        self._margin = margin
        # Room for the widest character, so that every line takes something.
        self._width = None if width is None else max(width, margin + 2)
        self._used = margin

    def set(self, text: str) -> str:
        """Return the text with line breaks and margins put in; what arrives may end anywhere."""
        return "".join(self._place(piece) for piece in _PIECES.findall(text))

    def _place(self, piece: str) -> str:
        if piece == "\n":
            self.at_line_start = True
            return piece
        indent = ""
        if self.at_line_start:
            self.at_line_start = False
            indent = self._indent()
        room = self._room()
        length = _cells(piece)
        if room is None or length <= room:
            self._used += length
            return indent + piece
        if piece.isspace():
            return indent
        return indent + self._break(piece, room)

    def _break(self, piece: str, room: int) -> str:
        """Put a piece that does not fit on a new line; one that is too long for any, on several."""
        line = (self._width or 0) - self._margin
        is_too_long = _cells(piece) > line
        placed: list[str] = []
        begin, end = 0, _fitting(piece, 0, room)
        while end < len(piece):
            if not is_too_long:
                end = begin
            placed += [piece[begin:end], "\n", self._indent()]
            begin, end = end, _fitting(piece, end, line)
        self._used += _cells(piece[begin:])
        return "".join(placed) + piece[begin:]

    def _indent(self) -> str:
        self._used = self._margin
        return " " * self._margin

    def _room(self) -> int | None:
        return None if self._width is None else max(self._width - self._used, 0)


def _cells(text: str) -> int:
    """Return how wide a terminal shows the text: some characters take two cells."""
    from rich.cells import cell_len

    return cell_len(text)


def _fitting(text: str, begin: int, room: int) -> int:
    """Return where the characters end that fit, from ``begin`` on."""
    used = 0
    for index in range(begin, len(text)):
        used += _cells(text[index])
        if used > room:
            return index
    return len(text)
