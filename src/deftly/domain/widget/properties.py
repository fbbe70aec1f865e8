"""Kinds of property a card's elements have: what a value must be, and how it is sent."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from deftly.domain.widget.links import link, picture
from deftly.domain.widget.texts import text_of
from deftly.values import JsonValue

TEXT_LIMIT: Final = 20_000
NAME_LIMIT: Final = 100

# Controls, and what overrides the direction of the text around it; marks and isolates stay.
_UNREADABLE: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff\ufff9-\ufffb]"
)
_NAME: Final = re.compile(r"(?!__)[A-Za-z0-9_][A-Za-z0-9_.-]*")
_PIXELS: Final = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,2})?px")
_COLOR: Final = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_NUMBER_LIMIT: Final = 1e15

Check: TypeAlias = Callable[[JsonValue], JsonValue]


class NotAdmittedError(ValueError):
    """A value that is not sent; the text ends a sentence that begins with the property."""


def text(value: JsonValue) -> JsonValue:
    """Return a readable text; numbers and truth values as they are read."""
    if isinstance(value, dict | list) or value is None:
        raise NotAdmittedError("must be text")
    return _UNREADABLE.sub("", text_of(value)[:TEXT_LIMIT])


def flag(value: JsonValue) -> JsonValue:
    """Return true or false."""
    match value:
        case bool():
            return value
        case "true" | "True":
            return True
        case "false" | "False":
            return False
        case _:
            raise NotAdmittedError("must be true or false")


def number(value: JsonValue) -> JsonValue:
    """Return a number, also one given as text."""
    try:
        given = float(value) if isinstance(value, str) and value.isascii() else value
    except ValueError:
        given = None
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise NotAdmittedError("must be a number")
    if not math.isfinite(given) or abs(given) > _NUMBER_LIMIT:
        raise NotAdmittedError("must be a number of at most 15 digits")
    return int(given) if float(given).is_integer() else given


def name(value: JsonValue) -> JsonValue:
    """Return an id."""
    if isinstance(value, str) and len(value) <= NAME_LIMIT and _NAME.fullmatch(value):
        return value
    raise NotAdmittedError(
        f"must be at most {NAME_LIMIT} letters, digits, dots, hyphens and underscores, and not "
        "begin with two of these"
    )


def href(value: JsonValue) -> JsonValue:
    """Return a link."""
    found = link(value) if isinstance(value, str) else None
    if found is None:
        raise NotAdmittedError("must be a whole link that begins with https:// or http://")
    return found


def image(value: JsonValue) -> JsonValue:
    """Return a picture's link or data."""
    found = picture(value) if isinstance(value, str) else None
    if found is None:
        raise NotAdmittedError(
            "must be a link that begins with https:// or http://, or a PNG, JPEG, GIF or WebP as "
            "data:image/…;base64 of at most 64 KiB"
        )
    return found


def matching(pattern: re.Pattern[str], wish: str) -> Check:
    """Return a check for texts of a form."""

    def check(value: JsonValue) -> JsonValue:
        if isinstance(value, str) and pattern.fullmatch(value):
            return value
        raise NotAdmittedError(f"must be {wish}")

    return check


pixels: Final = matching(_PIXELS, "pixels, such as 80px")
color: Final = matching(_COLOR, "a colour such as #1a2b3c")
language: Final = matching(_LANGUAGE, "a language such as en")


def one_of(*choices: str) -> Check:
    """Return a check for one of the words, whatever the case of its letters."""
    known = {word.lower(): word for word in choices}

    def check(value: JsonValue) -> JsonValue:
        found = known.get(value.lower()) if isinstance(value, str) else None
        if found is None:
            raise NotAdmittedError(f"must be one of {', '.join(choices)}")
        return found

    return check


def either(*checks: Check) -> Check:
    """Return a check that the first fitting of several makes; the last one's sentence counts."""

    def check(value: JsonValue) -> JsonValue:
        for one in checks[:-1]:
            try:
                return one(value)
            except NotAdmittedError:
                continue
        return checks[-1](value)

    return check


@dataclass(frozen=True, slots=True)
class Nested:
    """A property that holds further elements.

    Attributes:
        kinds: The types they may have.
        implied: Their type where it is not written.
        many: It is a list of them.
        strings: A plain text may stand for one.
    """

    kinds: frozenset[str]
    implied: str | None = None
    many: bool = True
    strings: bool = False


Property: TypeAlias = Check | Nested


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of element, action, or part of one.

    Attributes:
        needed: Properties it is nothing without.
    """

    properties: Mapping[str, Property]
    needed: tuple[str, ...] = ()
