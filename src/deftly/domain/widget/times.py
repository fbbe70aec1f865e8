"""Functions of the template language on times: ISO 8601 in, .NET's format letters out."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from deftly.domain.widget.budget import Budget, UnfitError
from deftly.domain.widget.numbers import number, whole
from deftly.domain.widget.texts import described, text
from deftly.values import JsonValue, format_time, parse_time

FORMAT_LIMIT: Final = 200

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TIME_LIMIT: Final = 64
_BEYOND_MICROSECONDS: Final = re.compile(r"(\.\d{6})\d+")
_PIECE: Final = re.compile(
    r"'([^']*)'|\"([^\"]*)\"|\\(.)|(d+|M+|y+|H+|h+|m+|s+|f+|F+|t+|z+|K)|(.)", re.DOTALL
)
_HALF_DAY_H: Final = 12
_SHORT: Final = 3


def _half(at: datetime) -> str:
    return "AM" if at.hour < _HALF_DAY_H else "PM"


_LETTERS: Final[Mapping[str, Callable[[datetime], str]]] = {
    "d": lambda at: str(at.day),
    "dd": lambda at: f"{at.day:02}",
    "ddd": lambda at: _DAYS[at.weekday()][:_SHORT],
    "dddd": lambda at: _DAYS[at.weekday()],
    "M": lambda at: str(at.month),
    "MM": lambda at: f"{at.month:02}",
    "MMM": lambda at: _MONTHS[at.month - 1][:_SHORT],
    "MMMM": lambda at: _MONTHS[at.month - 1],
    "yy": lambda at: f"{at.year % 100:02}",
    "yyyy": lambda at: f"{at.year:04}",
    "H": lambda at: str(at.hour),
    "HH": lambda at: f"{at.hour:02}",
    "h": lambda at: str(at.hour % _HALF_DAY_H or _HALF_DAY_H),
    "hh": lambda at: f"{at.hour % _HALF_DAY_H or _HALF_DAY_H:02}",
    "m": lambda at: str(at.minute),
    "mm": lambda at: f"{at.minute:02}",
    "s": lambda at: str(at.second),
    "ss": lambda at: f"{at.second:02}",
    "fff": lambda at: f"{at.microsecond // 1000:03}",
    "t": lambda at: _half(at)[0],
    "tt": _half,
    "K": lambda _: "Z",
    "zzz": lambda _: "+00:00",
}
# .NET's standard formats, as they are in en-US.
_STANDARD: Final[Mapping[str, str]] = {
    "d": "M/d/yyyy",
    "D": "dddd, MMMM d, yyyy",
    "t": "h:mm tt",
    "T": "h:mm:ss tt",
    "f": "dddd, MMMM d, yyyy h:mm tt",
    "g": "M/d/yyyy h:mm tt",
    "M": "MMMM d",
    "Y": "MMMM yyyy",
    "s": "yyyy-MM-ddTHH:mm:ss",
}


def _moment(value: JsonValue) -> datetime:
    """Return the time in UTC.

    Raises:
        UnfitError: It is no ISO 8601 time.
    """
    if isinstance(value, str) and len(value) <= _TIME_LIMIT:
        try:
            return parse_time(_BEYOND_MICROSECONDS.sub(r"\1", value.strip()))
        except (ValueError, OverflowError):
            pass
    raise UnfitError(f"{described(value)} is no time such as 2026-03-15T13:00:00Z.")


def _written(budget: Budget, at: datetime, given: list[JsonValue], place: int) -> str:
    """Return the time in the format given at that place, else in ISO 8601."""
    if len(given) <= place:
        return format_time(at)
    wanted = text(budget, given[place])
    if len(wanted) > FORMAT_LIMIT:
        raise UnfitError(f"the format has more than {FORMAT_LIMIT} characters.")
    return "".join(_piece(at, found) for found in _PIECE.finditer(_STANDARD.get(wanted, wanted)))


def _piece(at: datetime, found: re.Match[str]) -> str:
    letters = found[4]
    if letters is None:
        return next(part for part in (found[1], found[2], found[3], found[5]) if part is not None)
    write = _LETTERS.get(letters)
    if write is None:
        raise UnfitError(f"{letters} is no part of a format; there are {', '.join(_LETTERS)}.")
    return write(at)


def format_date_time(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the time as the format says."""
    return _written(budget, _moment(given[0]), given, 1)


def format_epoch(budget: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the time so many seconds after 1970 began, as the format says."""
    try:
        at = datetime.fromtimestamp(number(given[0]), UTC)
    except (ValueError, OverflowError, OSError):
        raise UnfitError(f"{described(given[0])} seconds are no time.") from None
    return _written(budget, at, given, 1)


def adding(unit_s: int) -> Callable[[Budget, list[JsonValue]], JsonValue]:
    """Return a function that adds so many times the unit to a time."""

    def later(budget: Budget, given: list[JsonValue]) -> JsonValue:
        try:
            at = _moment(given[0]) + timedelta(seconds=whole(given[1]) * unit_s)
        except OverflowError:
            raise UnfitError("the time lies outside of the years 1 to 9999.") from None
        return _written(budget, at, given, 2)

    return later


def year(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the year."""
    return _moment(given[0]).year


def month(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the month, 1 to 12."""
    return _moment(given[0]).month


def day_of_month(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the day, 1 to 31."""
    return _moment(given[0]).day


def day_of_week(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the day of the week, 0 for Sunday."""
    return _moment(given[0]).isoweekday() % 7


def date(_: Budget, given: list[JsonValue]) -> JsonValue:
    """Return the date, as in 3/15/2026."""
    at = _moment(given[0])
    return f"{at.month}/{at.day}/{at.year}"
