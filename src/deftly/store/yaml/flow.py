"""Editing YAML between brackets: members are exchanged, separators stay as they are."""

from deftly.store.yaml.lines import Edit, apply
from deftly.store.yaml.match import additions, matched, same
from deftly.store.yaml.node import Node
from deftly.store.yaml.text import flow_pair, flow_text
from deftly.values import JsonObject, JsonValue


class FlowEditor:
    """Collects the edits of one ``{...}`` or ``[...]`` with members."""

    def __init__(self, text: str, *, expand_aliases: bool) -> None:
        """Edit this text."""
        self.edits: list[Edit] = []
        self._text = text
        self._expand = expand_aliases

    def change(self, node: Node, new: JsonValue) -> None:
        """Make the node say the new value."""
        if same(node.value, new) and not (self._expand and node.aliased):
            return
        match node.style, node.value, new:
            case "flow", dict() as old, dict() if old and new:
                self._mapping(node, new)
            case "flow", list() as old, list() if old and new:
                self._list(node, new)
            case _:
                self._replace(node, new)

    def _mapping(self, node: Node, new: JsonObject) -> None:
        names = [str(key.value) for key in node.keys]
        added = additions(names, new)
        if not added and len(names) == len(new):
            for name, item in zip(names, node.items, strict=True):
                self.change(item, new[name])
            return
        pieces = []
        for index, name in enumerate(names):
            if name in new:
                start = node.keys[index].start
                pieces.append(self._piece(start, node.items[index], new[name]))
            pieces += [flow_pair(name, new[name]) for name in added.get(index, ())]
        self._join(node, pieces)

    def _list(self, node: Node, new: list[JsonValue]) -> None:
        if len(node.items) == len(new):
            for item, value in zip(node.items, new, strict=True):
                self.change(item, value)
            return
        pieces = []
        for old, number in matched(node.items, new):
            if number is None:
                continue
            if old is None:
                pieces.append(flow_text(new[number]))
            else:
                item = node.items[old]
                pieces.append(self._piece(item.start, item, new[number]))
        self._join(node, pieces)

    def _piece(self, start: int, item: Node, new: JsonValue) -> str:
        inner = FlowEditor(self._text, expand_aliases=self._expand)
        inner.change(item, new)
        return apply(inner.edits, self._text, start, item.end)

    def _join(self, node: Node, pieces: list[str]) -> None:
        starts = [key.start for key in node.keys] or [item.start for item in node.items]
        ends = [item.end for item in node.items]
        separator = self._text[ends[0] : starts[1]] if len(starts) > 1 else ", "
        if "#" in separator:
            separator = ", "
        text = separator.join(pieces)
        self.edits.append(Edit(starts[0], ends[-1], text))

    def _replace(self, node: Node, new: JsonValue) -> None:
        text = flow_text(new, style=node.style)
        if node.start == node.end:  # nothing stands there yet, the colon perhaps
            before = self._text[node.start - 1]
            text = f" {text}" if before == ":" else text if before in " ,[" else f": {text}"
        self.edits.append(Edit(node.start, node.end, text))
