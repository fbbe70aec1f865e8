"""Functions and operators of the template language on numbers."""

import math
from collections.abc import Callable
from typing import TypeAlias

from deftly.domain.widget.budget import Budget, UnfitError
from deftly.domain.widget.texts import NUMBER_BITS_LIMIT, described, written
from deftly.values import JsonValue

Number: TypeAlias = int | float


def number(value: JsonValue) -> Number:
    """Return the number.

    Raises:
        UnfitError: It is none, or one that no arithmetic here takes.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnfitError(f"{described(value)} is no number; int() and float() read texts.")
    return sound(value)


def sound(value: Number) -> Number:
    """Return the number, if it is finite and not too long."""
    if isinstance(value, int):
        if value.bit_length() > NUMBER_BITS_LIMIT:
            raise UnfitError("a number has over 300 digits.")
    elif not math.isfinite(value):
        raise UnfitError("a number is not finite.")
    return value


def whole(value: JsonValue) -> int:
    """Return the whole number, given as 2 or as 2.0."""
    given = number(value)
    if isinstance(given, float) and not given.is_integer():
        raise UnfitError(f"{described(value)} is no whole number.")
    return int(given)


def add(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the sum; with a text among them, all of them as one text."""
    if any(isinstance(one, str) for one in given):
        return concat(budget, given)
    return _folded(given, lambda a, b: a + b)


def concat(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the texts of all one after the other."""
    return "".join([written(budget, one) for one in given])


def _folded(given: list[JsonValue], join: Callable[[Number, Number], Number]) -> Number:
    result = number(given[0])
    for one in given[1:]:
        try:
            result = sound(join(result, number(one)))
        except OverflowError:
            raise UnfitError("a number gets too large.") from None
    return result


def sub(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the first less the others."""
    return _folded(given, lambda a, b: a - b)


def mul(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the product."""
    return _folded(given, lambda a, b: a * b)


def div(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the quotient; two whole numbers give a whole one."""
    return _folded(given, _quotient)


def _quotient(a: Number, b: Number) -> Number:
    if b == 0:
        raise UnfitError("it divides by 0.")
    return a // b if isinstance(a, int) and isinstance(b, int) else a / b


def mod(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the remainder."""
    return _folded(given, _remainder)


def _remainder(a: Number, b: Number) -> Number:
    if b == 0:
        raise UnfitError("it divides by 0.")
    return a % b


def negative(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return it with the other sign."""
    return -number(given[0])


def positive(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return it."""
    return number(given[0])


def absolute(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return it without its sign."""
    return abs(number(given[0]))


def floor(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the whole number below."""
    return math.floor(number(given[0]))


def ceiling(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the whole number above."""
    return math.ceil(number(given[0]))


def _listed(budget: Budget, given: list[JsonValue]) -> list[JsonValue]:
    """Return the numbers of one list, or those given side by side."""
    first = given[0]
    listed = first if isinstance(first, list) and len(given) == 1 else given
    budget.step(len(listed))
    return listed


def total(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the sum of a list; of an empty one 0."""
    return _folded([0, *_listed(budget, given)], lambda a, b: a + b)


def average(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the mean of a list; of an empty one nothing."""
    listed = _listed(budget, given)
    if not listed:
        return None
    return _folded([float(_folded([0, *listed], lambda a, b: a + b)), len(listed)], _quotient)


def smallest(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the smallest of a list or of several; of an empty list nothing."""
    return min((number(one) for one in _listed(budget, given)), default=None)


def largest(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the largest of a list or of several; of an empty list nothing."""
    return max((number(one) for one in _listed(budget, given)), default=None)
