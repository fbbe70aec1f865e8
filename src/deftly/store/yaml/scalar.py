"""The core schema of YAML 1.2 (section 10.3.2): what a plain scalar means.

Four kinds and no more: no timestamps, no yes/no/on/off, no base 60. Anything
that looks like none of the kinds is a string.
"""

import math
import re
from collections.abc import Callable
from typing import Final

from deftly.values import JsonScalar

_WORDS: Final[dict[str, JsonScalar]] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}
_NUMBER_START: Final = frozenset("+-.0123456789")
_DIGITS_LIMIT: Final = 4300


class NotANumberError(ValueError):
    """It looks like a number and JSON has no such number; the message is a sentence."""


def resolve_plain(text: str) -> JsonScalar:
    """Return the value of a scalar that is written without quotes.

    Raises:
        NotANumberError: For infinities, NaN, and numbers too large to be kept.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START:
        return text
    for pattern, number in _NUMBERS:
        if pattern.fullmatch(text):
            return number(text)
    return text


def _integer(text: str) -> int:
    if len(text) > _DIGITS_LIMIT:
        raise NotANumberError(f"A number has more than {_DIGITS_LIMIT} digits.")
    return int(text)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise NotANumberError(f"{text} is too large for a number.")
    return number


def _refused(text: str) -> float:
    raise NotANumberError(f"{text} is not a number that JSON knows.")


_NUMBERS: Final[tuple[tuple[re.Pattern[str], Callable[[str], int | float]], ...]] = (
    (re.compile(r"[-+]?[0-9]+"), _integer),
    (re.compile(r"0o[0-7]+"), lambda text: int(text, 0)),
    (re.compile(r"0x[0-9a-fA-F]+"), lambda text: int(text, 0)),
    (
        re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"),
        _finite,
    ),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), _refused),
)
