"""Numbers of the template language as texts: rounded, written with separators, and read."""

import math
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from deftly.domain.widget.budget import Budget, UnfitError
from deftly.domain.widget.numbers import Number, number, sound, whole
from deftly.domain.widget.texts import described
from deftly.values import JsonValue

_DIGITS_LIMIT: Final = 15
_READ_LIMIT: Final = 400
_EXACT: Final = Context(prec=60)
_NO_BREAK: Final = "\u00a0"
# Separator of thousands and decimal mark, by language.
_SEPARATORS: Final[Mapping[str, tuple[str, str]]] = {
    "en": (",", "."),
    "ja": (",", "."),
    "zh": (",", "."),
    "ko": (",", "."),
    "he": (",", "."),
    "de": (".", ","),
    "es": (".", ","),
    "it": (".", ","),
    "nl": (".", ","),
    "pt": (".", ","),
    "tr": (".", ","),
    "da": (".", ","),
    "id": (".", ","),
    "fr": (_NO_BREAK, ","),
    "pl": (_NO_BREAK, ","),
    "cs": (_NO_BREAK, ","),
    "sv": (_NO_BREAK, ","),
    "nb": (_NO_BREAK, ","),
    "fi": (_NO_BREAK, ","),
    "ru": (_NO_BREAK, ","),
    "uk": (_NO_BREAK, ","),
}


def rounded(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return it rounded, halves away from zero, to so many digits (0)."""
    value = number(given[0])
    digits = _digits(given[1]) if len(given) > 1 else 0
    if isinstance(value, int):
        return value
    result = _decimal(value, digits)
    return float(result) if digits else int(result)


def _digits(value: JsonValue) -> int:
    digits = whole(value)
    if not 0 <= digits <= _DIGITS_LIMIT:
        raise UnfitError(f"{digits} digits behind the point; it must be 0 to {_DIGITS_LIMIT}.")
    return digits


def _decimal(value: Number, digits: int) -> Decimal:
    # By the digits a reader sees: 2.675 is 2.68, though the double lies below.
    exact = Decimal(repr(value))
    if exact.adjusted() > _DIGITS_LIMIT:
        return exact
    return exact.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, _EXACT)


def format_number(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the number with so many digits behind the point, thousands apart, as in en-US."""
    value = given[0]
    if isinstance(value, str):
        value = read_float(budget, [value])
    digits = _digits(given[1])
    language = str(given[2]).lower().partition("-")[0] if len(given) > 2 else "en"  # noqa: PLR2004
    thousands, point = _SEPARATORS.get(language, _SEPARATORS["en"])
    text = f"{_decimal(number(value), digits):,.{digits}f}"
    budget.text(len(text))
    return text.replace(",", "\0").replace(".", point).replace("\0", thousands)


def read_int(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the whole number a number or text is; what is behind the point is cut off."""
    value = given[0]
    return math.trunc(_read(value) if isinstance(value, str) else number(value))


def read_float(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the number a number or text is."""
    value = given[0]
    return _read(value) if isinstance(value, str) else number(value)


def _read(text: str) -> Number:
    try:
        if len(text) <= _READ_LIMIT and text.isascii() and "_" not in text:
            return sound(int(text) if text.strip().lstrip("+-").isdigit() else float(text))
    except ValueError:
        pass
    raise UnfitError(f"{described(text)} is no number.")
