"""Is it JSON, and of a reasonable size? Asked before a validator sees a value."""

from collections.abc import Iterable
from math import isfinite
from typing import Final

from deftly.domain.schema.tree import Location
from deftly.values import JsonObject, JsonValue, light_value

DEPTH_LIMIT: Final = 64
# Some 3,900 decimal digits; Python turns no more than 4,300 into text.
_INTEGER_BITS: Final = 13_000


class UnsoundError(ValueError):
    """The value at ``place`` is not JSON as RFC 8259 has it, or is over a limit."""

    def __init__(self, place: Location, reason: str) -> None:
        """Keep the place apart from the reason, the end of a sentence."""
        super().__init__(reason)
        self.place = place


@light_value
class Size:
    """How large a value is: values inside it, and characters of all texts and names."""

    values: int
    characters: int


def measure(root: JsonObject, *, values_limit: int) -> Size:
    """Return the size of an object.

    Raises:
        UnsoundError: NaN, a lone surrogate, a name that is no text, a type JSON does not have,
            more than 64 levels, or more values than the limit.
    """
    characters = _plain_length(root)
    if characters is not None and len(root) <= values_limit:
        return Size(len(root), characters)
    values = characters = 0
    pending: list[tuple[JsonObject | list[JsonValue], Location]] = [(root, ())]
    while pending:
        container, place = pending.pop()
        if len(place) > DEPTH_LIMIT:
            raise UnsoundError(place[:1], f"is nested deeper than {DEPTH_LIMIT} levels")
        values += len(container)
        if values > values_limit:
            raise UnsoundError(place[:1], f"holds more than {values_limit} values")
        if isinstance(container, dict):
            characters += sum(_name_length(name, place) for name in container)
        for step, value in _steps(container):
            if isinstance(value, dict | list):
                pending.append((value, (*place, step)))
            else:
                characters += _scalar_length(value, (*place, step))
    return Size(values, characters)


def _plain_length(root: JsonObject) -> int | None:
    """Return the characters of an object of plain texts and integers, as most are; else None."""
    characters = 0
    for name, value in root.items():
        if not isinstance(name, str) or not name.isascii():
            return None
        characters += len(name)
        if isinstance(value, str) and value.isascii():
            characters += len(value)
        elif not isinstance(value, int) or value.bit_length() > _INTEGER_BITS:
            return None
    return characters


def _steps(
    container: JsonObject | list[JsonValue],
) -> Iterable[tuple[str | int, JsonValue]]:
    return container.items() if isinstance(container, dict) else enumerate(container)


def _name_length(name: object, place: Location) -> int:
    if not isinstance(name, str):
        raise UnsoundError(place, "holds a member whose name is no text")
    return _text_length(name, place)


def _text_length(text: str, place: Location) -> int:
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            raise UnsoundError(place, "holds half of a surrogate pair, which is no text") from None
    return len(text)


def _scalar_length(value: JsonValue, place: Location) -> int:
    match value:
        case str():
            return _text_length(value, place)
        case None | bool():
            return 0
        case int() if value.bit_length() > _INTEGER_BITS:
            raise UnsoundError(place, "has too many digits")
        case float() if not isfinite(value):
            raise UnsoundError(place, "is not a finite number, which JSON does not have")
        case int() | float():
            return 0
        case _:
            raise UnsoundError(place, "is not a JSON value")
