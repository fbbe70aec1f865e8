"""Where entries begin and end in a YAML text, their comments included.

Whose comment is it? The one at the end of a key's line, the lines directly above the key
(but for the head of the file), and lines below it that are indented more deeply.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from deftly.store.yaml.node import Node
from deftly.store.yaml.text import DEFAULT_LAYOUT, Layout

_COMMENT_AT_END: Final = re.compile(r"[ \t]+#[^\n]*")
_LINE: Final = re.compile(r"([ \t]*)(#?)[^\n]*(?:\n|\Z)")
_BLANK: Final = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of text and what takes its place."""

    start: int
    end: int
    text: str


def apply(edits: list[Edit], text: str, start: int, end: int) -> str:
    """Return that part of the text with the edits made; they do not overlap."""
    pieces = []
    position = start
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += [text[position : edit.start], edit.text]
        position = edit.end
    pieces.append(text[position:end])
    return "".join(pieces)


class Lines:
    """The lines of one text; a line feed is its only line break."""

    def __init__(self, text: str) -> None:
        """Look at this text."""
        self.text = text

    def start(self, offset: int) -> int:
        """Return where the line of this offset begins."""
        return self.text.rfind("\n", 0, offset) + 1

    def column(self, offset: int) -> int:
        """Return how many characters stand before the offset on its line."""
        return offset - self.start(offset)

    def begins_line(self, offset: int) -> bool:
        """Tell whether only blanks stand before the offset on its line."""
        return not self.text[self.start(offset) : offset].strip()

    def comment_at(self, offset: int) -> str:
        """Return the comment that follows there on the line, with the blanks before it."""
        found = _COMMENT_AT_END.match(self.text, offset)
        return found[0] if found else ""

    def skip_blank(self, offset: int) -> int:
        """Return where the next character is that is neither a blank nor a line break."""
        found = _BLANK.match(self.text, offset)
        return found.end() if found else offset

    def after(self, end: int, column: int) -> int:
        """Return where the line after an entry begins that ends here and begins in the column."""
        position = end
        if end == 0 or self.text[end - 1] != "\n":
            position = self._next_line(end)
        behind = position
        while behind < len(self.text):
            found = _LINE.match(self.text, behind)
            if found is None or not (found[2] or found[0].isspace()):
                break
            behind = found.end()
            if found[2] and len(found[1]) > column:
                position = behind
            elif found[2]:
                break
        return position

    def own_start(self, offset: int) -> int:
        """Return where the entry's line begins, or the first of the comments directly above it."""
        own = line = self.start(offset)
        column = offset - line
        while own > 0:
            above = self.start(own - 1)
            content = self.text[above:own].rstrip("\n")
            if not content.startswith(" " * column + "#"):
                return own
            own = above
        return line

    def removed(self, start: int, end: int) -> Edit:
        """Return the removal of whole lines, with one of two blank lines that would meet."""
        meets_blank = start == 0 or self.text[start - 2 : start] == "\n\n"
        if meets_blank and self.text[end : end + 1] == "\n":
            end += 1
        return Edit(start, end, "")

    def inserted(self, offset: int, lines: str) -> Edit:
        """Return the insertion of whole lines where a line begins, or at the very end."""
        if offset and self.text[offset - 1] != "\n":
            return Edit(offset, offset, f"\n{lines}")
        return Edit(offset, offset, f"{lines}\n")

    def dashes(self, node: Node) -> list[int]:
        """Return where the dash of each item of a block list stands."""
        first = self.text.index("-", node.start) if self.text[node.start] != "-" else node.start
        dashes = [first]
        dash = re.compile(rf"^ {{{self.column(first)}}}-(?=\s|\Z)", re.MULTILINE)
        for before in node.items[:-1]:
            found = dash.search(self.text, max(before.end, dashes[-1] + 1))
            dashes.append(found.end() - 1 if found else before.end)
        return dashes

    def _next_line(self, offset: int) -> int:
        found = self.text.find("\n", offset)
        return len(self.text) if found < 0 else found + 1


def layout_of(lines: Lines, root: Node) -> Layout:
    """Return how the text is indented, by its first nested mapping and its first list."""
    step = next(_steps(lines, root), DEFAULT_LAYOUT.step)
    dash = next(_dashes(lines, root), DEFAULT_LAYOUT.dash)
    return Layout(step=step, dash=dash)


def _steps(lines: Lines, node: Node) -> Iterator[int]:
    for key, item in _block_members(node):
        if item.style == "block" and item.keys:
            yield lines.column(item.keys[0].start) - lines.column(key.start)
    for item in node.items:
        yield from _steps(lines, item)


def _dashes(lines: Lines, node: Node) -> Iterator[int]:
    for key, item in _block_members(node):
        if item.style == "block" and not item.keys:
            yield lines.column(lines.dashes(item)[0]) - lines.column(key.start)
    for item in node.items:
        yield from _dashes(lines, item)


def _block_members(node: Node) -> Iterator[tuple[Node, Node]]:
    return (
        zip(node.keys, node.items, strict=True) if node.style == "block" and node.keys else iter(())
    )
