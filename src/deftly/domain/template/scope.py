"""Values: where a placeholder finds its value, and the one spelling each value has as text."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from math import isfinite
from typing import Final, NoReturn, TypeAlias
from urllib.parse import quote

from deftly.domain.secret import mask
from deftly.domain.template.placeholder import Filter, Parts, Placeholder
from deftly.errors import InvalidArguments, Problem
from deftly.values import JsonValue, NotJsonError, dump_json, light_value

# From here on JavaScript, and so most readers of JSON, write integers with an exponent.
_PLAIN_INTEGER_BOUND: Final = 1e21


class Mask(str):
    """What stands for a secret where a person or a log looks; no encoder touches it.

    A rendering that holds one is for showing and for digests, never for sending.
    """

    __slots__ = ()


def masked(name: str) -> Mask:
    """Return the mask of a secret: the ``secret`` of a scope that shows and does not send."""
    return Mask(mask(name))


@light_value
class RenderScope:
    """Everything placeholders can name in one call.

    Attributes:
        arguments: Bound arguments; a missing optional one is absent.
        user: The verified identity of who asks.
        page: What the host page told of itself.
        secret: Returns a secret's value by its name, or its mask (`masked`, the default).
    """

    arguments: Mapping[str, JsonValue]
    user: Mapping[str, JsonValue] = field(default_factory=dict)
    page: Mapping[str, JsonValue] = field(default_factory=dict)
    secret: Callable[[str], str] = masked


class Missing:
    """The type of `MISSING`."""

    __slots__ = ()


MISSING: Final = Missing()
Found: TypeAlias = "JsonValue | Missing"


def look_up(placeholder: Placeholder, scope: RenderScope) -> Found:
    """Return the value, or `MISSING`. Only members of JSON objects are followed."""
    names = placeholder.names
    value: JsonValue | Mapping[str, JsonValue]
    match names[0]:
        case "secrets":
            return scope.secret(names[1])
        case "user":
            value, names = scope.user, names[1:]
        case "page":
            value, names = scope.page, names[1:]
        case _:
            value = scope.arguments
    for name in names:
        if not isinstance(value, Mapping) or name not in value:
            return MISSING
        value = value[name]
    return value if not isinstance(value, Mapping) else dict(value)


def is_missing(parts: Parts, scope: RenderScope) -> bool:
    """Tell whether the parts are one placeholder alone whose value was not given."""
    match parts:
        case (Placeholder() as only,):
            return isinstance(look_up(only, scope), Missing)
        case _:
            return False


def refuse_value(placeholder: Placeholder, reason: str) -> NoReturn:
    """Refuse a value when rendering; the sentence names the place, never the value.

    Raises:
        InvalidArguments: Always, with the argument's pointer.
    """
    sentence = f"{placeholder.label} {reason}"
    raise InvalidArguments(sentence, details=[Problem(placeholder.pointer, sentence)])


def text_value(
    placeholder: Placeholder, scope: RenderScope, *, json_ascii: bool = False
) -> str | Mask:
    """Return the value as text: ``1.0`` is ``1``, ``True`` is ``true``, missing and null empty.

    A mask stays a `Mask`, whatever the filter. With ``json_ascii`` the filter ``json``
    escapes characters beyond ASCII (RFC 8259 section 7).

    Raises:
        InvalidArguments: An object or array without a filter, or a text with a lone surrogate.
    """
    value = look_up(placeholder, scope)
    if isinstance(value, Mask):
        return value
    match placeholder.filter:
        case Filter.JSON:
            return _json_text(placeholder, value, ascii_only=json_ascii)
        case Filter.URL:
            return percent_encode(placeholder, _plain_text(placeholder, value))
        case None:
            return _plain_text(placeholder, value)


def percent_encode(placeholder: Placeholder, text: str) -> str:
    """Return the text with all but RFC 3986's unreserved characters as percent-encoded UTF-8."""
    try:
        return quote(text, safe="")
    except UnicodeEncodeError:
        refuse_value(placeholder, "holds half of a surrogate pair, which is no text.")


def _json_text(placeholder: Placeholder, value: Found, *, ascii_only: bool) -> str:
    text = json_bytes(placeholder, "" if isinstance(value, Missing) else value).decode()
    if not ascii_only or text.isascii():
        return text
    return "".join(one if one.isascii() else _escaped(one) for one in text)


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def json_bytes(placeholder: Placeholder, value: JsonValue) -> bytes:
    """Return exactly one JSON value.

    Raises:
        InvalidArguments: It is not JSON: a lone surrogate, NaN, endless nesting.
    """
    try:
        return dump_json(value)
    except NotJsonError:
        refuse_value(placeholder, "is not a value that JSON can hold.")


def _plain_text(placeholder: Placeholder, value: Found) -> str:
    match value:
        case str():
            return value
        case Missing() | None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return _number_text(placeholder, value)
        case _:
            kind = "an object" if isinstance(value, dict) else "an array"
            refuse_value(
                placeholder,
                f"is {kind}, which has no one spelling here; the template can say "
                f"{{{{{placeholder.label}|json}}}}.",
            )


def _number_text(placeholder: Placeholder, number: float) -> str:
    try:
        if isinstance(number, int):
            return str(number)
        if not isfinite(number):
            refuse_value(placeholder, "is not a finite number.")
        if number.is_integer() and abs(number) < _PLAIN_INTEGER_BOUND:
            return str(int(number))
        return dump_json(number).decode()
    except ValueError:  # more digits than the interpreter turns into text
        refuse_value(placeholder, "has too many digits.")


def render_parts(
    parts: Parts,
    scope: RenderScope,
    encode: Callable[[Placeholder, str], str],
    *,
    json_ascii: bool = False,
) -> str:
    """Return static text as it is and every value encoded, in one pass."""
    return "".join(
        [
            part if isinstance(part, str) else encoded(part, scope, encode, json_ascii=json_ascii)
            for part in parts
        ]
    )


def encoded(
    placeholder: Placeholder,
    scope: RenderScope,
    encode: Callable[[Placeholder, str], str],
    *,
    json_ascii: bool = False,
) -> str:
    """Return one value encoded for its place; a mask passes untouched."""
    text = text_value(placeholder, scope, json_ascii=json_ascii)
    return str(text) if isinstance(text, Mask) else encode(placeholder, text)


def within(pieces: Iterable[bytes], limit_bytes: int, what: str) -> bytes:
    """Return the pieces joined, stopping before they are over the limit.

    Raises:
        InvalidArguments: They are over it.
    """
    kept = bytearray()
    for piece in pieces:
        kept += piece
        if len(kept) > limit_bytes:
            sentence = f"{what} would be over {limit_bytes} bytes; send less."
            raise InvalidArguments(sentence, details=[Problem("", sentence)])
    return bytes(kept)
