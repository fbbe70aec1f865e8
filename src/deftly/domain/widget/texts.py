"""Functions of the template language on texts, and how a value is written as text."""

import math
import re
from typing import Final

from deftly.domain.widget.budget import DEPTH_LIMIT, Budget, UnfitError
from deftly.values import JsonValue, NotJsonError, dump_json, parse_json

# Some 300 digits: as far as a double reaches.
NUMBER_BITS_LIMIT: Final = 1024

_QUOTED: Final = 40
_EXACT_FLOAT: Final = 1e15
_WORD: Final = re.compile(r"\S+")
_TEENS: Final = frozenset({11, 12, 13})
_ENDINGS: Final = {1: "st", 2: "nd", 3: "rd"}


def written(budget: Budget, value: JsonValue) -> str:
    """Return the value as a card writes it, paid for before it is made."""
    if isinstance(value, dict | list):
        _pay(budget, value, 0)
    made = text_of(value)
    budget.text(len(made))
    return made


def _pay(budget: Budget, value: JsonValue, depth: int) -> None:
    """Pay for all of a value: one list may hold the same large object many times."""
    budget.step()
    if depth > DEPTH_LIMIT:
        raise UnfitError(f"a value is nested more than {DEPTH_LIMIT} levels deep.")
    match value:
        case str():
            budget.text(len(value))
        case dict():
            for key, member in value.items():
                budget.text(len(key))
                _pay(budget, member, depth + 1)
        case list():
            for item in value:
                _pay(budget, item, depth + 1)
        case _:
            pass


def text_of(value: JsonValue) -> str:
    """Return the value as a card writes it: 1.0 as 1, lists and objects as JSON."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case None:
            return ""
        case int() if value.bit_length() > 4 * NUMBER_BITS_LIMIT:
            raise UnfitError("a number has over a thousand digits.")
        case int():
            return str(value)
        case float() if not math.isfinite(value):
            raise UnfitError("a number is not finite.")
        case float():
            short = value.is_integer() and abs(value) < _EXACT_FLOAT
            return str(int(value)) if short else repr(value)
        case _:
            return _as_json(value)


def _as_json(value: JsonValue) -> str:
    try:
        return dump_json(value).decode()
    except NotJsonError as fault:
        raise UnfitError(f"a value is no JSON: {fault}.") from None


def described(value: JsonValue) -> str:
    """Return a short form of a value to name it in a sentence."""
    match value:
        case None:
            return "nothing"
        case dict():
            return "an object"
        case list():
            return "a list"
        case str():
            return f'"{value[:_QUOTED]}…"' if len(value) > _QUOTED else f'"{value}"'
        case _:
            return text_of(value)


def text(budget: Budget, value: JsonValue) -> str:
    """Return the text, paid for.

    Raises:
        UnfitError: It is none.
    """
    if not isinstance(value, str):
        raise UnfitError(f"{described(value)} is no text; string() makes it one.")
    budget.text(len(value))
    return value


def to_upper(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return it in capitals."""
    return text(budget, given[0]).upper()


def to_lower(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return it in small letters."""
    return text(budget, given[0]).lower()


def title_case(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return it with a capital at the start of each word."""
    return _WORD.sub(lambda word: word[0].capitalize(), text(budget, given[0]))


def sentence_case(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return it with one capital, at its start."""
    return text(budget, given[0]).capitalize()


def trim(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return it without the blanks around it."""
    return text(budget, given[0]).strip()


def replace(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return it with every place of the second replaced by the third."""
    whole, old, new = (text(budget, one) for one in given)
    if not old:
        raise UnfitError("replace is to replace an empty text.")
    budget.text(whole.count(old) * len(new))
    return whole.replace(old, new)


def split(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the pieces between the separators; without one, its characters."""
    whole = text(budget, given[0])
    separator = text(budget, given[1]) if len(given) > 1 else ""
    pieces = whole.split(separator) if separator else list(whole)
    budget.step(len(pieces))
    return list[JsonValue](pieces)


def starts_with(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Tell whether it begins with the second."""
    return text(budget, given[0]).startswith(text(budget, given[1]))


def ends_with(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Tell whether it ends with the second."""
    return text(budget, given[0]).endswith(text(budget, given[1]))


def add_ordinal(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return 1st for 1, 2nd for 2."""
    value = given[0]
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise UnfitError(f"{described(value)} is no whole number from 0 on.")
    last = value % 100
    return text_of(value) + ("th" if last in _TEENS else _ENDINGS.get(last % 10, "th"))


def string(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return any value as text."""
    return written(budget, given[0])


def read_json(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the value a text of JSON stands for."""
    whole = text(budget, given[0])
    opened = whole.count("[") + whole.count("{")
    budget.step(opened)
    try:
        return parse_json(whole)
    except NotJsonError as fault:
        raise UnfitError(f"{described(whole)} is no JSON: {fault}.") from None
