"""Which line of a definition's text says a field."""

from collections.abc import Iterator
from typing import Final

from deftly.store.yaml.node import Node
from deftly.store.yaml.read import decode, read_tree

_ENDS: Final = ("", ".", "[")


def line_of_field(data: bytes, field: str) -> int | None:
    """Return the line, counted from 1, where the field begins, or what it is missing from.

    Args:
        data: What the file holds.
        field: As problems name it: ``handler.headers.Accept``, ``parameters[0].name``.

    Returns:
        None for what is missing from the definition itself.

    Raises:
        YamlFault: It is no definition.
    """
    text = decode(data)
    node, start, rest = read_tree(text), None, f".{field}"
    while found := max(_next(node, rest), key=lambda step: len(step[0]), default=None):
        said, start, node = found
        rest = rest.removeprefix(said)
    return None if start is None else text.count("\n", 0, start) + 1


def _next(node: Node, rest: str) -> Iterator[tuple[str, int, Node]]:
    """Yield the members that the rest may begin with: how it says so, where they begin."""
    for index, item in enumerate(node.items):
        key = node.keys[index] if node.keys else None
        spellings = [f"[{index}]"] if key is None else [f".{key.value}", f"[{key.value!r}]"]
        for said in spellings:
            if rest.startswith(said) and rest[len(said) :][:1] in _ENDS:
                yield said, (key or item).start, item
