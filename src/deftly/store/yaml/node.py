"""A definition's text as a tree: each value, and the stretch of text that says it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from deftly.values import JsonValue

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMIT_BYTES: Final = 1024 * 1024
LIMIT_DEPTH: Final = 64


@dataclass(slots=True)
class Node:
    """A value and the stretch of text it was read from.

    Attributes:
        start: Offset of the first character, an anchor or tag included.
        end: Offset after the last character; trailing blank lines are not counted.
        style: For scalars ``'``, ``"``, ``|``, ``>`` or nothing; for collections
            ``flow`` or ``block``; ``*`` for an alias.
        keys: A mapping's keys, one for each of ``items``.
        items: A mapping's values or a list's items.
        size: How many characters and nodes it comes to with aliases expanded.
        height: How many collections lie inside one another, itself included.
        aliased: Whether an alias lies in it.
    """

    value: JsonValue
    start: int
    end: int
    style: str = ""
    keys: "Sequence[Node]" = ()
    items: "Sequence[Node]" = ()
    size: int = 1
    height: int = 0
    aliased: bool = False
