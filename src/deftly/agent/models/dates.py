"""Dates as people write them, slips included, read into ISO 8601.

``3/4/2026`` is left alone: which one is the month depends on where the writer lives.
"""

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Final

from deftly.agent.models.ordinals import ORDINALS

_MONTHS: Final = (
    "january february march april may june july august september october november december"
).split()
_WEEKDAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
_RELATIVE: Final = {
    "day before yesterday": -2,
    "day after tomorrow": 2,
    "yesterday": -1,
    "today": 0,
    "tonight": 0,
    "tomorrow": 1,
    "tmrw": 1,
    "2moro": 1,
}
_UNITS: Final = {"day": 1, "week": 7, "fortnight": 14}
_COUNTS: Final = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_SINCE: Final = re.compile(r"\bsince\s+$", re.IGNORECASE)
_FEWEST_LETTERS_FOR_A_SLIP: Final = 6


def _slips(word: str) -> str:
    """Return a pattern for a word with one letter missing, wrong, doubled or swapped."""
    spelled = [word]
    for at in range(1, len(word)):
        before, after = word[:at], word[at + 1 :]
        spelled += [rf"{before}[a-z]?{after}", rf"{before}[a-z]{word[at:]}"]
        spelled.append(f"{word[: at - 1]}{word[at]}{word[at - 1]}{after}")
    spelled.append(rf"{word}[a-z]?" if len(word) > _FEWEST_LETTERS_FOR_A_SLIP else word)
    return "|".join(spelled)


def _with_slips(words: Iterable[str]) -> str:
    return "|".join(
        _slips(word) if len(word) >= _FEWEST_LETTERS_FOR_A_SLIP else word for word in words
    )


_SHORT_MONTHS: Final = "|".join(month[:3] for month in _MONTHS)
_MONTH: Final = rf"(?P<month>{_with_slips(_MONTHS)}|{_SHORT_MONTHS}|sept)"
_WEEKDAY: Final = _with_slips(_WEEKDAYS)
_SHORT_WEEKDAY: Final = "mon|tues?|wed|thu(?:rs?)?|fri|sat|sun"
_ORDINAL: Final = "|".join(sorted(ORDINALS, key=len, reverse=True)).replace("-", "[- ]")
_DAY: Final = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?|{_ORDINAL})"
_YEAR: Final = r"(?:,?\s+(?P<year>\d{4}))?"
_COUNT: Final = rf"\d{{1,3}}|{'|'.join(_COUNTS)}"
_UNIT: Final = "|".join(_UNITS)

DATE_PATTERNS: Final[tuple[re.Pattern[str], ...]] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<iso>\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?)?\b",
        rf"\b(?:(?:{_WEEKDAY}),?\s+)?{_MONTH}\.?\s+(?:the\s+)?{_DAY}\b{_YEAR}\b",
        rf"\b(?:(?:{_WEEKDAY}),?\s+)?(?:the\s+)?{_DAY}(?:\s+of)?\s+{_MONTH}\b{_YEAR}\b",
        rf"\b(?P<later>{_COUNT})\s+(?P<later_unit>{_UNIT})s?\s+(?:from\s+)?(?:now|today)\b",
        rf"\b(?:the\s+)?(?P<relative>{_with_slips(_RELATIVE)}|tom+[aeo]r+ow)\b",
        rf"\bin\s+(?P<count>{_COUNT})\s+(?P<unit>{_UNIT})s?\b",
        r"\bnext\s+(?P<next>week)\b",
        (
            rf"\b(?:on\s+)?(?:{_WEEKDAY}),?\s+(?:the\s+)?"
            rf"(?:(?P<only>\d{{1,2}})(?:st|nd|rd|th)|(?P<only_said>{_ORDINAL}))\b"
        ),
        rf"\b(?:(?:on|next|this|coming|(?P<last>last))\s+)?(?P<weekday>{_WEEKDAY})\b",
        rf"\b(?:on|next|this|(?P<last>last))\s+(?P<weekday>{_SHORT_WEEKDAY})\b",
        (
            r"\b(?:on\s+)?the\s+(?P<only>\d{1,2})(?:st|nd|rd|th)\b"
            r"(?!\s+(?:floor|time|place|one)\b)"
        ),
        (
            rf"\b(?:on|by|from|until|till|to|for|before|after|since)\s+the\s+"
            rf"(?P<only_said>{_ORDINAL})\b(?=\W*$|\W*[,.;!?]|\s+(?:at|in|please|if|and|to|for|or)\b)"
        ),
    )
)


def read_date(match: re.Match[str], today: date) -> str | None:
    """Return the date a match of ``DATE_PATTERNS`` means, None if there is no such day.

    A day without a year is the next one to come, after "since" the last one that was; a full
    time stamp stays as written.
    """
    parts = match.groupdict()
    try:
        if parts.get("iso"):
            date.fromisoformat(parts["iso"])
            return match.group()
        past = _SINCE.search(match.string[: match.start()]) is not None
        return _meant(parts, today, past=past).isoformat()
    except (ValueError, OverflowError):
        return None


def _meant(parts: dict[str, str], today: date, *, past: bool) -> date:
    days = _days_ahead(parts, today, past=past)
    if days is not None:
        return today + timedelta(days=days)
    only = parts.get("only") or parts.get("only_said")
    if only:
        return _next_such_day(_day_of_month(only), today, past=past)
    month = 1 + _MONTHS.index(_meant_word(parts["month"], _MONTHS))
    day, year = _day_of_month(parts["day"]), parts.get("year")
    if year:
        return date(int(year), month, day)
    this_year = date(today.year, month, day)
    if past:
        return this_year if this_year <= today else date(today.year - 1, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def _days_ahead(parts: dict[str, str], today: date, *, past: bool) -> int | None:
    """Return how far a day that is counted from today lies ahead, None for other days."""
    if parts.get("relative"):
        return _RELATIVE[_meant_word(" ".join(parts["relative"].split()), tuple(_RELATIVE))]
    if parts.get("next"):
        return 7
    for count, unit in (("count", "unit"), ("later", "later_unit")):
        if parts.get(count):
            said = parts[count].lower()
            return (_COUNTS[said] if said in _COUNTS else int(said)) * _UNITS[parts[unit].lower()]
    if parts.get("weekday"):
        weekday = _WEEKDAYS.index(_meant_word(parts["weekday"], _WEEKDAYS))
        ahead = (weekday - today.weekday()) % 7 or 7
        return ahead - 7 if parts.get("last") or past else ahead
    return None


def _meant_word(said: str, words: Sequence[str]) -> str:
    """Return the word that is meant: as it is, cut short, or the most alike."""
    low = said.lower()
    short = (word for word in words if word.startswith(low))
    alike = max(words, key=lambda word: SequenceMatcher(None, word, low).ratio())
    return low if low in words else next(short, alike)


def _day_of_month(said: str) -> int:
    digits = re.match(r"\d+", said)
    return int(digits.group()) if digits else ORDINALS["-".join(said.lower().split())]


def _next_such_day(day: int, today: date, *, past: bool) -> date:
    if not 1 <= day <= 31:  # noqa: PLR2004  # the longest month
        raise ValueError(day)
    month = today.replace(day=1)
    while True:
        if day <= calendar.monthrange(month.year, month.month)[1]:
            found = month.replace(day=day)
            if (found <= today) if past else (found >= today):
                return found
        step = -1 if past else 31
        month = (month + timedelta(days=step)).replace(day=1)
