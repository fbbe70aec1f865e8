"""Dates and times as people write them, read into ISO 8601.

``3/4/2026`` is left alone: which one is the month depends on where the writer lives.
"""

import calendar
import re
from datetime import date, timedelta
from typing import Final

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
}
_UNITS: Final = {"day": 1, "week": 7}
_COUNTS: Final = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_SINCE: Final = re.compile(r"\bsince\s+$", re.IGNORECASE)

_MONTH: Final = r"(?P<month>{})".format("|".join(rf"{m[:3]}(?:{m[3:]})?" for m in _MONTHS))
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?:,?\s+(?P<year>\d{4}))?"

DATE_PATTERNS: Final[tuple[re.Pattern[str], ...]] = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?P<iso>\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?)?\b",
        rf"\b{_MONTH}\.?\s+{_DAY}\b{_YEAR}\b",
        rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}\b{_YEAR}\b",
        rf"\b(?:the\s+)?(?P<relative>{'|'.join(_RELATIVE)})\b",
        rf"\bin\s+(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})\s+(?P<unit>day|week)s?\b",
        (
            rf"\b(?P<later>{'|'.join(_COUNTS)}|\d{{1,2}})\s+(?P<later_unit>day|week)s?"
            r"\s+from\s+(?:now|today)\b"
        ),
        r"\bnext\s+(?P<next>week)\b",
        rf"\b(?:(?:on|next|this|coming|(?P<last>last))\s+)?(?P<weekday>{'|'.join(_WEEKDAYS)})\b",
        r"\b(?:on\s+)?the\s+(?P<only>\d{1,2})(?:st|nd|rd|th)\b(?!\s+(?:floor|time|place|one)\b)",
    )
)

TIME_PATTERN: Final = re.compile(
    r"\b(?P<named>noon|midday|midnight)\b"
    r"|\b(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|\b(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b",
    re.IGNORECASE,
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
    if parts.get("only"):
        return _next_such_day(int(parts["only"]), today, past=past)
    month = 1 + [name[:3] for name in _MONTHS].index(parts["month"][:3].lower())
    day, year = int(parts["day"]), parts.get("year")
    if year:
        return date(int(year), month, day)
    this_year = date(today.year, month, day)
    if past:
        return this_year if this_year <= today else date(today.year - 1, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def _days_ahead(parts: dict[str, str], today: date, *, past: bool) -> int | None:
    """Return how far a day that is counted from today lies ahead, None for other days."""
    if parts.get("relative"):
        return _RELATIVE[" ".join(parts["relative"].lower().split())]
    if parts.get("next"):
        return 7
    for count, unit in (("count", "unit"), ("later", "later_unit")):
        if parts.get(count):
            said = parts[count].lower()
            return (_COUNTS[said] if said in _COUNTS else int(said)) * _UNITS[parts[unit].lower()]
    if parts.get("weekday"):
        ahead = (_WEEKDAYS.index(parts["weekday"].lower()) - today.weekday()) % 7 or 7
        return ahead - 7 if parts.get("last") or past else ahead
    return None


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


def read_time(match: re.Match[str], _today: date) -> str | None:
    """Return the time of day a match of ``TIME_PATTERN`` means, such as ``15:30``."""
    parts = match.groupdict()
    if parts["named"]:
        return "00:00" if parts["named"].lower() == "midnight" else "12:00"
    if parts["hour24"]:
        return f"{int(parts['hour24']):02d}:{parts['minute24']}"
    hour = int(parts["hour"])
    if not 1 <= hour <= 12:  # noqa: PLR2004  # the clock with two halves
        return None
    afternoon = parts["half"].lower() == "p"
    return f"{hour % 12 + 12 * afternoon:02d}:{parts['minute'] or '00'}"
