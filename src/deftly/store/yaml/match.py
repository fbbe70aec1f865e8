"""Which parts of the old value are which parts of the new one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TypeAlias

from deftly.store.yaml.node import Node
from deftly.values import JsonObject, JsonValue, canonical_json

# The old index and the new one; no new one: removed; no old one: added.
Step: TypeAlias = tuple[int | None, int | None]


def same(old: JsonValue, new: JsonValue) -> bool:
    """Tell whether they are equal as JSON: 1, 1.0 and true differ, the order of keys does not."""
    return canonical_json({"": old}) == canonical_json({"": new})


def additions(old: list[str], new: JsonObject) -> dict[int, list[str]]:
    """Return the added keys by the index of the old key they follow.

    A key follows the one it follows in the new object; one that follows none is put at
    the end, for the head of a file belongs to its author.
    """
    places = {name: index for index, name in enumerate(old)}
    added: defaultdict[int, list[str]] = defaultdict(list)
    before: int | None = None
    for name in new:
        if name in places:
            before = places[name]
        else:
            added[len(old) - 1 if before is None else before].append(name)
    return dict(added)


def matched(old: Sequence[Node], new: list[JsonValue]) -> list[Step]:
    """Return how the old items become the new ones, in order.

    Items with the same ``name`` or ``id`` are the same item, changed perhaps.
    """
    before = [_identity(item.value) for item in old]
    after = [_identity(item) for item in new]
    sequence = SequenceMatcher(a=before, b=after, autojunk=False)
    return [step for block in sequence.get_opcodes() for step in _steps(*block)]


def _steps(_tag: str, old_from: int, old_to: int, new_from: int, new_to: int) -> Iterator[Step]:
    return zip_longest(range(old_from, old_to), range(new_from, new_to))


def _identity(item: JsonValue) -> bytes:
    if isinstance(item, dict):
        for key in ("id", "name"):
            if key in item:
                return canonical_json({key: item[key]})
    return canonical_json({"": item})
