"""Numbers: which of a text's numbers is meant for which parameter."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from deftly.agent.models import wording
from deftly.agent.models.found import Found, Kind
from deftly.agent.models.roles import Bound, bound_of
from deftly.agent.models.toolcard import Parameter

_MOST_CUE: Final = re.compile(
    r"(?:under|below|less than|at most|up to|max(?:imum)?(?: of)?|cheaper than|no more than|within"
    r"|not over|budget(?: of| is)?)\W*$"
)
_LEAST_CUE: Final = re.compile(r"(?:over|above|more than|at least|min(?:imum)?(?: of)?)\W*$")
_MONEY_BEFORE: Final = re.compile(r"[$€£]\s*$")
_MONEY_AFTER: Final = re.compile(
    r"\s*(?:[$€£]|(?:dollars?|bucks|usd|euros?|eur|pounds?|gbp)\b)", re.IGNORECASE
)
_NEAR_CHARACTERS: Final = 28
_OF_MONEY: Final = frozenset(map(wording.stem, "amount total salary fee value worth".split()))
_NO_FIT: Final = 0


def find_number(parameter: Parameter, text: str, free: Sequence[Found]) -> Found | None:
    """Return the number meant for the parameter.

    ``under`` and ``over`` decide between limits; an optional number is taken only if
    something in the text points to it.
    """
    numbers = [each for each in map(_plain_number, free) if each and _is_kind(parameter, each)]
    ranked = [(number_fit(parameter, text, each), each) for each in numbers]
    fitting = [(fit, each) for fit, each in ranked if fit > _NO_FIT]
    if fitting:
        return max(fitting, key=lambda pair: pair[0])[1]
    plain = [each for fit, each in ranked if fit == _NO_FIT]
    return plain[0] if parameter.required and len(plain) == 1 else None


def _plain_number(found: Found) -> Found | None:
    """Return a number, also one with a ``#`` before it; None for everything else."""
    if found.kind is Kind.NUMBER:
        return found
    if found.kind is Kind.IDENTIFIER and isinstance(found.value, str) and found.value.isdigit():
        return replace(found, kind=Kind.NUMBER, value=int(found.value))
    return None


def find_leftover(parameter: Parameter, free: Sequence[Found], text: str) -> Found | None:
    """Return the only number nobody else has taken: people do not say numbers idly."""
    numbers = [each for each in free if each.kind is Kind.NUMBER and not is_money(text, each)]
    return numbers[0] if len(numbers) == 1 and _is_kind(parameter, numbers[0]) else None


def _is_kind(parameter: Parameter, number: Found) -> bool:
    return parameter.kind == "number" or isinstance(number.value, int)


def number_fit(parameter: Parameter, text: str, number: Found) -> int:
    """Return how strongly the words around a number point to the parameter; negative: away."""
    before = text[max(0, number.start - _NEAR_CHARACTERS) : number.start].lower()
    after = text[number.end : number.end + _NEAR_CHARACTERS].lower()
    spoken = _spoken_bound(before)
    bound = bound_of(parameter)
    fit = 2 * _shared(parameter, f"{before} {after}")
    # "A voucher over 50 euros" limits nothing.
    limits = bound is not Bound.NONE or not parameter.required
    if spoken is not Bound.NONE and limits:
        return fit + 3 if spoken is bound else -1
    if is_money(text, number):
        return fit + 2 if _speaks_of_money(parameter) else -1
    return fit


def _spoken_bound(before: str) -> Bound:
    plain = _MONEY_BEFORE.sub("", before)
    if _MOST_CUE.search(plain):
        return Bound.MOST
    return Bound.LEAST if _LEAST_CUE.search(plain) else Bound.NONE


def is_money(text: str, number: Found) -> bool:
    """Say whether the value is a number with a currency beside it."""
    if number.kind is not Kind.NUMBER:
        return False
    before, after = text[: number.start], text[number.end :]
    return bool(_MONEY_BEFORE.search(before) or _MONEY_AFTER.match(after))


def _speaks_of_money(parameter: Parameter) -> bool:
    spoken = f"{parameter.name} {parameter.description}"
    return any(
        term in _OF_MONEY or wording.meaning(term) in {"price", "money"}
        for term in (wording.stem(word) for word in wording.words(spoken))
    )


def _shared(parameter: Parameter, near: str) -> int:
    named = set(wording.terms(parameter.name))
    return len(named.intersection(wording.terms(near)))
