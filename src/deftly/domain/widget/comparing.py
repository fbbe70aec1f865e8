"""Comparisons and truth in the template language."""

from collections.abc import Callable

from deftly.domain.widget.budget import Budget, UnfitError
from deftly.domain.widget.figures import read_float
from deftly.domain.widget.numbers import number
from deftly.domain.widget.sameness import same
from deftly.domain.widget.texts import described
from deftly.values import JsonValue


def truth(value: JsonValue) -> bool:
    """Tell whether it counts as true: everything but false and what is missing."""
    return value is not None and value is not False


def equals(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Tell whether both are the same; a number and a text never are."""
    return same(budget, given[0], given[1])


def differs(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Tell whether they are not the same."""
    return not same(budget, given[0], given[1])


def negation(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Tell whether it does not count as true."""
    return not truth(given[0])


def as_bool(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return true or false for what says so: 0, false and the text false are false."""
    value = given[0]
    match value:
        case bool():
            return value
        case int() | float():
            return value != 0
        case str():
            budget.text(len(value))
            return value.strip().lower() != "false"
        case _:
            return truth(value)


def comparison(
    numbers: Callable[[float, float], bool], texts: Callable[[str, str], bool]
) -> Callable[[Budget, list[JsonValue]], JsonValue]:
    """Return a comparison of two numbers or two texts; a text beside a number is read as one."""

    def compare(budget: Budget, given: list[JsonValue]) -> JsonValue:
        left, right = given
        if isinstance(left, str) and isinstance(right, str):
            budget.text(min(len(left), len(right)))
            return texts(left, right)
        return numbers(_beside(budget, left, right), _beside(budget, right, left))

    return compare


def _beside(budget: Budget, value: JsonValue, other: JsonValue) -> float:
    if (
        isinstance(value, bool)
        or isinstance(other, bool)
        or not isinstance(value, int | float | str)
    ):
        raise UnfitError(f"{described(value)} and {described(other)} cannot be compared.")
    return number(read_float(budget, [value]))
