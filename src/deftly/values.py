"""The plain values every layer shares: JSON, digests, times, ids.

Nothing in here knows what Deftly is about.
"""

import base64
import hashlib
import json
import math
import re
import secrets
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Protocol, TypeAlias, TypeVar, dataclass_transform

import orjson
import pydantic

JsonScalar: TypeAlias = str | int | float | bool | None
# pydantic's own, because its models cannot resolve another recursive alias.
JsonValue: TypeAlias = pydantic.JsonValue
JsonObject: TypeAlias = dict[str, JsonValue]

T = TypeVar("T")
_BIG_INTEGER: Final = re.compile(rb"[0-9]{19}")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def light_value(kind: type[T]) -> type[T]:
    """Make a dataclass of values that are made in every call, and changed by nobody.

    The type checker sees to that. A frozen one sees to it by itself, and takes three times as
    long to make: 1 us for six fields, at fifteen values a call (measured).
    """
    return dataclass(slots=True)(kind)


class NotJsonError(ValueError):
    """The text is not JSON as RFC 8259 has it: NaN, lone surrogates, endless nesting."""


def parse_json(text: bytes | str) -> JsonValue:
    """Return the value, with integers of any size kept digit by digit.

    orjson turns integers beyond 64 bits into floats, so a text that may hold one
    takes the slower reader of the standard library.

    Raises:
        NotJsonError: With a sentence about the first fault.
    """
    try:
        raw = text.encode() if isinstance(text, str) else text
        value: JsonValue = orjson.loads(raw)
        return _parse_exactly(raw) if _BIG_INTEGER.search(raw) else value
    except orjson.JSONDecodeError as fault:
        if not _BIG_INTEGER.search(raw):
            raise NotJsonError(str(fault)) from None
        return _parse_exactly(raw)
    except UnicodeEncodeError:
        message = "the text holds a lone surrogate"
        raise NotJsonError(message) from None


def _parse_exactly(raw: bytes) -> JsonValue:
    try:
        value: JsonValue = json.loads(raw, parse_constant=_refuse_constant, parse_float=_finite)
        dump_json(value)
    except (ValueError, RecursionError) as fault:
        raise NotJsonError(str(fault)) from None
    return value


def _refuse_constant(name: str) -> JsonValue:
    message = f"{name} is not a JSON value"
    raise NotJsonError(message)


def _finite(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        message = "a number is too large for a double"
        raise NotJsonError(message)
    return number


def dump_json(value: JsonValue | Mapping[str, JsonValue]) -> bytes:
    """Return compact UTF-8 JSON.

    Raises:
        NotJsonError: For NaN, infinities, lone surrogates and anything that is not JSON.
    """
    return _dump(value, 0, sort_keys=False)


def canonical_json(value: JsonValue | Mapping[str, JsonValue]) -> bytes:
    """Return compact UTF-8 JSON with sorted keys: equal values give equal bytes."""
    return _dump(value, orjson.OPT_SORT_KEYS, sort_keys=True)


def _dump(value: JsonValue | Mapping[str, JsonValue], option: int, *, sort_keys: bool) -> bytes:
    try:
        encoded = orjson.dumps(value, option=option)
    except orjson.JSONEncodeError:
        # Integers beyond 64 bits, or something that is not JSON at all.
        try:
            text = json.dumps(
                value,
                ensure_ascii=False,
                allow_nan=False,
                separators=(",", ":"),
                sort_keys=sort_keys,
            )
            return text.encode()
        except (TypeError, ValueError, RecursionError) as fault:
            raise NotJsonError(str(fault)) from None
    # orjson writes NaN and infinities as null: only a text with a null may hide one.
    if b"null" in encoded:
        _refuse_hidden_constants(value)
    return encoded


def _refuse_hidden_constants(value: JsonValue | Mapping[str, JsonValue]) -> None:
    pending: list[object] = [value]
    while pending:
        item = pending.pop()
        if isinstance(item, dict):
            pending.extend(item.values())
        elif isinstance(item, list):
            pending.extend(item)
        elif isinstance(item, float) and not math.isfinite(item):
            message = f"{item} is not a JSON value"
            raise NotJsonError(message)


def depth_of(value: JsonValue) -> int:
    """Return how many arrays and objects lie inside one another (a scalar has none)."""
    deepest = 0
    pending = [(value, 0)]
    while pending:
        item, depth = pending.pop()
        if isinstance(item, dict | list):
            depth += 1
            deepest = max(deepest, depth)
            members = item.values() if isinstance(item, dict) else item
            pending.extend((member, depth) for member in members)
    return deepest


def sha256_hex(data: bytes | str) -> str:
    """Return the SHA-256 of the bytes (text as UTF-8) as 64 hexadecimal digits."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def format_time(moment: datetime) -> str:
    """Return ISO 8601 with milliseconds and ``Z``; these texts sort as the times do."""
    at = moment.astimezone(UTC)
    # A third of what `isoformat` takes (measured), twice a call.
    return "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ" % (  # noqa: UP031
        at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond // 1000
    )  # fmt: skip


def parse_time(text: str) -> datetime:
    """Return the moment in UTC.

    Raises:
        ValueError: The text is no ISO 8601 time.
    """
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Clock(Protocol):
    """Where times come from; the composition root chooses one, tests turn theirs by hand."""

    def now(self) -> datetime:
        """Return the time of day in UTC."""
        ...

    def monotonic_s(self) -> float:
        """Return seconds that never run backwards."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the time of day in UTC."""
        return datetime.now(UTC)

    def monotonic_s(self) -> float:
        """Return seconds that never run backwards."""
        return time.monotonic()


class IdSource(Protocol):
    """Where ids and tokens come from."""

    def new_id(self) -> str:
        """Return an id nobody has had before."""
        ...

    def new_ordered_id(self) -> str:
        """Return an id nobody has had before; later ones sort behind earlier ones, mostly."""
        ...

    def new_token(self) -> str:
        """Return 256 random bits as text that is safe in a URL."""
        ...


_RANDOM_BLOCK_BYTES: Final = 4096
_ID_BYTES: Final = 16
# RFC 9562 sections 5.4 and 5.7: four bits say the version, two the variant.
_VERSION_4: Final = 0x4 << 76 | 0x2 << 62
_VERSION_7: Final = 0x7 << 76 | 0x2 << 62
_RANDOM_BITS: Final = (1 << 128) - 1 - (0xF << 76) - (0x3 << 62)
_RANDOM_BITS_BEHIND_TIME: Final = (1 << 76) - 1 - (0x3 << 62)


class RandomIds:
    """Ids from the operating system's randomness.

    Ids are cut from a block, as each request to the system lets go of the interpreter's
    lock (120 us a call under load, measured); tokens are asked for one by one.
    """

    def __init__(self) -> None:
        """Start without a block."""
        self._block: Iterator[bytes] = iter(())

    def new_id(self) -> str:
        """Return a random UUID (version 4)."""
        return _uuid(self._random() & _RANDOM_BITS | _VERSION_4)

    def new_ordered_id(self) -> str:
        """Return a UUID that begins with the time (version 7): indexes grow at their end."""
        milliseconds = time.time_ns() // 1_000_000
        return _uuid(milliseconds << 80 | self._random() & _RANDOM_BITS_BEHIND_TIME | _VERSION_7)

    def _random(self) -> int:
        raw = next(self._block, None)
        if raw is None:
            block = secrets.token_bytes(_RANDOM_BLOCK_BYTES)
            cuts = range(0, _RANDOM_BLOCK_BYTES, _ID_BYTES)
            self._block = iter([block[at : at + _ID_BYTES] for at in cuts])
            raw = next(self._block)
        return int.from_bytes(raw)

    def new_token(self) -> str:
        """Return 256 random bits, base64url without padding (43 characters)."""
        return base64.urlsafe_b64encode(secrets.token_bytes(32)).rstrip(b"=").decode()


def _uuid(number: int) -> str:
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
