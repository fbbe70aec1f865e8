"""Functions of the template language on lists, on texts as lists, and on what is there."""

from typing import cast

from deftly.domain.widget.budget import Budget, UnfitError
from deftly.domain.widget.numbers import whole
from deftly.domain.widget.sameness import same
from deftly.domain.widget.texts import described, text, written
from deftly.values import JsonValue


def items(budget: Budget, value: JsonValue) -> list[JsonValue]:
    """Return the list, paid for.

    Raises:
        UnfitError: It is none.
    """
    if not isinstance(value, list):
        raise UnfitError(f"{described(value)} is no list.")
    budget.step(len(value))
    return value


def count(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return how many items, members or characters there are."""
    value = given[0]
    if isinstance(value, str | list | dict):
        return len(value)
    raise UnfitError(f"{described(value)} has no length.")


def length(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return how many characters a text has."""
    return count(_, given)


def first(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the first item or character; nothing where there is none."""
    return _at(given[0], 0)


def last(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the last item or character; nothing where there is none."""
    return _at(given[0], -1)


def _at(value: JsonValue, index: int) -> JsonValue:
    if not isinstance(value, str | list):
        raise UnfitError(f"{described(value)} is no list.")
    return value[index] if value else None


def join(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the texts of a list with the second between them, the third before the last."""
    texts = [written(budget, one) for one in items(budget, given[0])]
    between = text(budget, given[1])
    before_last = text(budget, given[2]) if len(given) > 2 else between  # noqa: PLR2004
    budget.text(len(between) * len(texts))
    if len(texts) < 2:  # noqa: PLR2004 - nothing to put between
        return "".join(texts)
    return between.join(texts[:-1]) + before_last + texts[-1]


def contains(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Tell whether a text has the text, a list the item, an object the member."""
    inside, sought = given
    match inside:
        case str():
            return text(budget, sought) in text(budget, inside)
        case list():
            return any(same(budget, one, sought) for one in items(budget, inside))
        case dict():
            return isinstance(sought, str) and sought in inside
        case _:
            raise UnfitError(f"{described(inside)} holds nothing.")


def index_of(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return where the second is found first, counted from 0; -1 where it is not."""
    inside, sought = given
    if isinstance(inside, str):
        return text(budget, inside).find(text(budget, sought))
    places = enumerate(items(budget, inside))
    return next((at for at, one in places if same(budget, one, sought)), -1)


def last_index_of(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return where the second is found last, counted from 0; -1 where it is not."""
    inside, sought = given
    if isinstance(inside, str):
        # From the other end: searching backwards can take the product of the lengths.
        place = text(budget, inside)[::-1].find(text(budget, sought)[::-1])
        return -1 if place < 0 else len(inside) - len(str(sought)) - place
    listed = items(budget, inside)
    places = range(len(listed) - 1, -1, -1)
    return next((at for at in places if same(budget, listed[at], sought)), -1)


def substring(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the characters from a place on, so many of them or all; short texts end sooner."""
    return _cut(text(budget, given[0]), given)


def sub_array(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the items from one place up to, but not with, another."""
    listed = items(budget, given[0])
    start = _place(given[1])
    return listed[start : _place(given[2])] if len(given) > 2 else listed[start:]  # noqa: PLR2004


def _cut(value: str, given: list[JsonValue]) -> str:
    start = _place(given[1])
    end = start + _place(given[2]) if len(given) > 2 else len(value)  # noqa: PLR2004
    return value[start:end]


def _place(value: JsonValue) -> int:
    place = whole(value)
    if place < 0:
        raise UnfitError(f"{place} is no place; places are counted from 0.")
    return place


def take(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the first so many items or characters."""
    value, wanted = given[0], _place(given[1])
    if isinstance(value, str):
        return text(budget, value)[:wanted]
    return items(budget, value)[:wanted]


def skip(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the items or characters behind the first so many."""
    value, left_out = given[0], _place(given[1])
    if isinstance(value, str):
        return text(budget, value)[left_out:]
    return items(budget, value)[left_out:]


def reverse(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the items or characters from the last to the first."""
    value = given[0]
    return text(budget, value)[::-1] if isinstance(value, str) else items(budget, value)[::-1]


def create_array(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return a list of the values."""
    budget.step(len(given))
    return given


def numbered(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return so many whole numbers from a first one on."""
    start, wanted = whole(given[0]), _place(given[1])
    budget.step(wanted)
    return list[JsonValue](range(start, start + wanted))


def sort_by(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the items in order, by a member of each if one is named."""
    listed = items(budget, given[0])
    field = text(budget, given[1]) if len(given) > 1 else None
    keys = [_key(one, field) for one in listed]
    budget.step(len(listed) * len(listed).bit_length())
    budget.text(sum(len(key) for key in keys if isinstance(key, str)))
    if not all(isinstance(key, str) for key in keys) and not all(
        isinstance(key, int | float) and not isinstance(key, bool) for key in keys
    ):
        raise UnfitError("sortBy needs items that are all numbers, or all texts.")
    comparable = cast("list[float]", keys)
    return [listed[at] for at in sorted(range(len(listed)), key=comparable.__getitem__)]


def _key(item: JsonValue, field: str | None) -> JsonValue:
    if field is None:
        return item
    return item.get(field) if isinstance(item, dict) else None


def empty(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Tell whether it is missing, or a text, list or object of nothing."""
    value = given[0]
    return value is None or (isinstance(value, str | list | dict) and not value)


def exists(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Tell whether it is there, and not null."""
    return given[0] is not None
