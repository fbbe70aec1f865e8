"""The values a text holds: addresses, dates, identifiers, numbers, quotations.

Each stretch of text is one value of one kind; the first pattern that matches takes it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest
from typing import Final

from deftly.agent.models.clock import TIME_PATTERN, read_time
from deftly.agent.models.dates import DATE_PATTERNS, read_date


class Kind(StrEnum):
    """What a value looks like."""

    QUOTED = "quoted"
    ADDRESS = "address"
    URL = "url"
    EMAIL = "email"
    UUID = "uuid"
    PHONE = "phone"
    DATE = "date"
    TIME = "time"
    IDENTIFIER = "identifier"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Found:
    """One value and where it stands.

    Attributes:
        value: As an argument would carry it: dates in ISO 8601, numbers as numbers.
        written: As the text has it, a leading ``#`` included.
    """

    kind: Kind
    value: str | int | float
    written: str
    start: int
    end: int


_ONES: Final = {
    word: number
    for number, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
}
_TENS: Final = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_SCALES: Final = {"hundred": 100, "dozen": 12, "couple": 2}

_TEN_WORDS: Final = "|".join(_TENS)
_ONE_WORDS: Final = "|".join(_ONES)
_UNIT_WORDS: Final = rf"(?:(?:{_TEN_WORDS})(?:[- ](?:{_ONE_WORDS}))?|{_ONE_WORDS})"
_HUNDREDS: Final = rf"(?:(?:{_UNIT_WORDS}|an?)[- ])?hundred(?:(?: and)? {_UNIT_WORDS})?"
_THOUSANDS: Final = (
    rf"(?:{_UNIT_WORDS}|an?)[- ]thousand(?:,?(?: and)? (?:{_HUNDREDS}|{_UNIT_WORDS}))?"
)
# "one" is mostly no number: "that one", "one of them", "the north one".
_ONE: Final = (
    r"(?<!this )(?<!that )(?<!the )(?<!which )(?<!any )(?<!no )one(?= [a-z]{3,}\b)"
    r"(?! (?:of|please|that|which|who|for|and|with|from|day|the)\b)"
)
_NUMBER_WORDS: Final = (
    rf"\b(?:{_THOUSANDS}|{_HUNDREDS}|half a dozen|(?:{_UNIT_WORDS}|an?)[- ]dozen|a couple"
    rf"|a single|{_UNIT_WORDS} and a half|(?!one\b){_UNIT_WORDS}|{_ONE})\b(?!-\w)"
)
_DIGITS: Final = r"(?<![\w.,])-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.,])-?\d+(?:\.\d+)?"
_UNITS: Final = "gb|mb|kg|g|lb|cm|mm|km|m|ml|l"
_UNIT_AHEAD: Final = rf"(?=(?:{_UNITS})\b)"

_IDENTIFIER: Final = (
    r"#\s?\w+(?:[-_/]\w+)*"
    r"|(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*(?![\w-])"
    r"|(?<![\w-])\d+(?:-\d+)+(?![\w-])"
)
_NO_IDENTIFIER: Final = re.compile(
    rf"\d+(?:st|nd|rd|th|k|x|am|pm|h|{_UNITS}|-[a-z]{{3,}})", re.IGNORECASE
)
# "Three... no, four": what is taken back does not count.
_TAKEN_BACK: Final = re.compile(
    r"\W*(?:no|sorry|oops|i mean|i meant|make (?:that|it)|or rather|wait)\b\W*"
    r"(?:i mean|i meant|make (?:that|it))?\W*",
    re.IGNORECASE,
)

_PATTERNS: Final[tuple[tuple[Kind, re.Pattern[str]], ...]] = (
    (Kind.QUOTED, re.compile(r"[\"“”]([^\"“”]{1,300})[\"“”]|(?<!\w)['‘]([^'‘’]{2,300})['’](?!\w)")),
    (
        Kind.ADDRESS,
        re.compile(
            r"\b\d{1,5}[a-z]?\s(?:[a-z][\w'-]+\s){0,3}(?:street|st|road|rd|lane|ln|avenue|ave|drive"
            r"|way|square|place|court|boulevard|blvd|terrace|close|row|quay)\b",
            re.IGNORECASE,
        ),
    ),
    (Kind.URL, re.compile(r"https?://[^\s<>\"]{1,500}[^\s<>\".,;:!?)]", re.IGNORECASE)),
    (Kind.EMAIL, re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")),
    (
        Kind.PHONE,
        re.compile(
            r"\+\d[\d ()-]{6,18}\d(?!\w)"
            r"|(?<![\w.,#-])\(?0\d{1,4}\)?(?:[ -]\d{2,6}){1,4}(?![\w-])"
            r"|(?<![\w.,#-])\d{3}[ -]\d{3}[ -]\d{4}(?![\w-])|(?<![\w.,#-])0\d{8,11}(?!\w)"
        ),
    ),
    (Kind.UUID, re.compile(r"\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\b")),
    *((Kind.DATE, pattern) for pattern in DATE_PATTERNS),
    (Kind.TIME, TIME_PATTERN),
    (Kind.IDENTIFIER, re.compile(_IDENTIFIER)),
    (
        Kind.NUMBER,
        re.compile(rf"(?:{_DIGITS})(?:k\b|(?!\w)|{_UNIT_AHEAD})|{_NUMBER_WORDS}", re.IGNORECASE),
    ),
)


@lru_cache(maxsize=256)
def find_values(text: str, today: date) -> tuple[Found, ...]:
    """Return the values in the order they stand; none overlaps another."""
    taken: list[Found] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other.end and other.start < end for other in taken):
                continue
            value = _READERS[kind](match, today)
            if value is not None:
                taken.append(Found(kind, value, match.group(), start, end))
    return _without_taken_back(text, sorted(taken, key=lambda found: found.start))


def _without_taken_back(text: str, found: list[Found]) -> tuple[Found, ...]:
    return tuple(
        one
        for one, following in zip_longest(found, found[1:])
        if following is None
        or one.kind is not following.kind
        or not _TAKEN_BACK.fullmatch(text[one.end : following.start])
    )


def without_values(text: str, *, instead: str = " ") -> str:
    """Return the text with its values blanked out, quotations kept."""
    plain = list(text)
    for found in find_values(text, date.min):
        if found.kind is not Kind.QUOTED:
            plain[found.start : found.end] = instead * (found.end - found.start)
    return "".join(plain)


def _as_written(match: re.Match[str], _today: date) -> str:
    return match.group()


def _quotation(match: re.Match[str], _today: date) -> str:
    return (match.group(1) or match.group(2)).strip()


def _identifier(match: re.Match[str], _today: date) -> str | None:
    written = match.group()
    return None if _NO_IDENTIFIER.fullmatch(written) else written.lstrip("# ")


def _telephone(match: re.Match[str], _today: date) -> str:
    return " ".join(match.group().split())


def _number(match: re.Match[str], _today: date) -> int | float | None:
    written = match.group().lower()
    digits = re.fullmatch(r"(-?[\d,]+(?:\.\d+)?)(k?)", written)
    if digits is None:
        return _spelled(re.split(r"[- ]", written))
    scale = 1000 if digits.group(2) else 1
    plain = digits.group(1).replace(",", "")
    return (float(plain) if "." in plain else int(plain)) * scale


def _spelled(spoken: list[str]) -> int | float:
    if spoken[-2:] == ["a", "half"]:
        return _spelled(spoken[:-3]) + 0.5
    if spoken == ["a", "single"]:
        return 1
    if spoken[0] == "half":
        return 6
    total = below = 0
    for word in spoken:
        if word == "thousand":
            total, below = total + max(below, 1) * 1000, 0
        elif word in _SCALES:
            below = max(below, 1) * _SCALES[word]
        else:
            below += _ONES.get(word, 0) + _TENS.get(word, 0)
    return total + below


_READERS: Final[dict[Kind, Callable[[re.Match[str], date], str | int | float | None]]] = {
    Kind.QUOTED: _quotation,
    Kind.ADDRESS: _as_written,
    Kind.URL: _as_written,
    Kind.EMAIL: _as_written,
    Kind.UUID: _as_written,
    Kind.PHONE: _telephone,
    Kind.DATE: read_date,
    Kind.TIME: read_time,
    Kind.IDENTIFIER: _identifier,
    Kind.NUMBER: _number,
}
