"""Words that are almost the same: one or two letters wrong, missing, doubled or swapped."""

from collections.abc import Iterable
from typing import Final

_SHORTEST: Final = 4
_LONG: Final = 8


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word this one is a misspelling of, None if it is none.

    Short words allow one slip, words of eight letters two; the first letter has to be right,
    or swapped with the second. Words of four letters may only have two letters swapped.
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    allowed = 2 if len(word) >= _LONG else 1
    best: tuple[int, str] | None = None
    for other in known:
        if abs(len(other) - len(word)) > allowed or len(other) < _SHORTEST:
            continue
        if other[0] != word[0] and other[:2] != word[1::-1]:
            continue
        slips = _slips(word, other, allowed)
        if slips is not None and (best is None or (slips, other) < best):
            best = (slips, other)
    return best[1] if best is not None else None


def _slips(one: str, other: str, allowed: int) -> int | None:
    """Return how many slips lie between two words, None if they are too many."""
    if min(len(one), len(other)) == _SHORTEST and sorted(one) != sorted(other):
        return None
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        older, before = before, row
        row = [i]
        for j, right in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > allowed:
            return None
    return row[-1] if row[-1] <= allowed else None
