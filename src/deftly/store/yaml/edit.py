"""Editing YAML: the text changes where the value changed, and nowhere else.

Each difference between what the text says and what it shall say becomes one edit: a
stretch of the text and what takes its place. Comments, blank lines, order, quotes and
alignment stay because nobody touches them.
"""

from dataclasses import dataclass

from deftly.store.yaml.flow import FlowEditor
from deftly.store.yaml.lines import Edit, Lines, apply, layout_of
from deftly.store.yaml.match import additions, matched, same
from deftly.store.yaml.node import Node
from deftly.store.yaml.text import item_line, member_line, spell
from deftly.values import JsonObject, JsonValue


def edit_text(
    text: str, root: Node, definition: JsonObject, *, expand_aliases: bool = False
) -> str:
    """Return the text with the definition's values in it.

    Args:
        text: With the line feed as its only line break.
        root: What the text was read as.
        definition: What it shall say.
        expand_aliases: Write the aliases out, which an edit of their anchor makes necessary.

    Raises:
        NotEditableError: The text is written in a way that is not edited piece by piece.
    """
    editor = _Editor(text, root, expand_aliases=expand_aliases)
    editor.root(root, definition)
    return apply(editor.edits, text, 0, len(text))


class NotEditableError(ValueError):
    """The text has to be written anew."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value hangs: behind the colon of a key, or behind a dash.

    Attributes:
        after: Offset behind the colon or the dash.
        column: The column of the key or the dash.
    """

    after: int
    column: int
    in_list: bool = False


class _Editor:
    """Collects the edits of one text."""

    def __init__(self, text: str, root: Node, *, expand_aliases: bool) -> None:
        self.edits: list[Edit] = []
        self._lines = Lines(text)
        self._layout = layout_of(self._lines, root)
        self._expand = expand_aliases

    def root(self, node: Node, new: JsonObject) -> None:
        if node.style == "flow":
            self._flow(node, new)
        else:
            self._members(node, new)

    def _change(self, place: _Place, node: Node, new: JsonValue) -> None:
        if same(node.value, new) and not (self._expand and node.aliased):
            return
        match node.style, node.value, new:
            case "flow", (dict() | list()) as old, dict() | list() if old and new:
                self._change_flow(place, node, new)
            case "block", dict() as old, dict() if old.keys() & new.keys():
                self._members(node, new)
            case "block", list(), list() if new:
                self._items(place, node, new)
            case _:
                self._replace(place, node, new)

    def _change_flow(self, place: _Place, node: Node, new: JsonObject | list[JsonValue]) -> None:
        if type(node.value) is type(new):
            self._flow(node, new)
        else:
            self._replace(place, node, new)

    def _flow(self, node: Node, new: JsonObject | list[JsonValue]) -> None:
        flow = FlowEditor(self._lines.text, expand_aliases=self._expand)
        flow.change(node, new)
        self.edits += flow.edits

    def _members(self, node: Node, new: JsonObject) -> None:
        lines = self._lines
        column = lines.column(node.keys[0].start)
        names = [str(key.value) for key in node.keys]
        first = self._drop_from_line(node, new)
        for key, item, name in list(zip(node.keys, node.items, names, strict=True))[first:]:
            if name in new:
                place = _Place(self._behind_colon(key, item), column)
                self._change(place, item, new[name])
            else:
                end = lines.after(item.end, column)
                self.edits.append(lines.removed(lines.own_start(key.start), end))
        for index, added in additions(names, new).items():
            offset = lines.after(node.items[index].end, column)
            texts = [member_line(name, new[name], column, self._layout) for name in added]
            self.edits.append(lines.inserted(offset, "\n".join(texts)))

    def _behind_colon(self, key: Node, item: Node) -> int:
        colon = self._lines.text.find(":", key.end, max(item.start, key.end + 1))
        if colon < 0:
            raise NotEditableError
        return colon + 1

    def _drop_from_line(self, node: Node, new: JsonObject) -> int:
        """Remove leading members that share their line with a dash; return how many."""
        if self._lines.begins_line(node.keys[0].start):
            return 0
        kept = next(index for index, key in enumerate(node.keys) if key.value in new)
        if kept:
            end = self._lines.own_start(node.keys[kept].start)
            end = self._lines.skip_blank(end)
            self.edits.append(Edit(node.keys[0].start, end, ""))
        return kept

    def _items(self, place: _Place, node: Node, new: list[JsonValue]) -> None:
        dashes = self._lines.dashes(node)
        steps = matched(node.items, new)
        moves = any(old is None or number is None for old, number in steps)
        if moves and not self._lines.begins_line(dashes[0]):
            self._replace(place, node, new)
            return
        column = self._lines.column(dashes[0])
        last: int | None = None
        for old, number in steps:
            if old is None:
                self._insert_item(node, dashes[0], last, new[number or 0])
                continue
            last = old
            item = node.items[old]
            if number is None:
                start = self._lines.own_start(dashes[old])
                self.edits.append(self._lines.removed(start, self._lines.after(item.end, column)))
            else:
                self._change(_Place(dashes[old] + 1, column, in_list=True), item, new[number])

    def _insert_item(self, node: Node, dash: int, last: int | None, value: JsonValue) -> None:
        column = self._lines.column(dash)
        if last is None:
            offset = self._lines.own_start(dash)
        else:
            offset = self._lines.after(node.items[last].end, column)
        text = item_line(value, column, self._layout)
        self.edits.append(self._lines.inserted(offset, text))

    def _replace(self, place: _Place, node: Node, new: JsonValue) -> None:
        lines = self._lines
        gap = lines.text[place.after : node.start]
        on_line = "\n" not in gap and node.style not in ("block", "|", ">")
        spelling = spell(new, place.column, self._layout, in_list=place.in_list, style=node.style)
        if on_line and gap and not spelling.body:
            self.edits.append(Edit(node.start, node.end, spelling.head.removeprefix(" ")))
            return
        tail = lines.comment_at(node.end)
        comment = tail if on_line else self._comment_on_key_line(place, node)
        text = f"{spelling.head}{comment}{spelling.body}"
        self.edits.append(Edit(place.after, node.end + len(tail), text))

    def _comment_on_key_line(self, place: _Place, node: Node) -> str:
        """Return the comment between a key and a value that begins on a later line."""
        if node.style not in ("|", ">"):
            return self._lines.comment_at(place.after)
        header = self._lines.text[node.start : node.end].partition("\n")[0]
        indicators = header.partition(" #")[0].rstrip()
        return self._lines.comment_at(node.start + len(indicators))
