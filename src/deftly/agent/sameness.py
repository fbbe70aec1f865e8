"""When two calls would do the same to a person's eye."""

import unicodedata
from typing import Final

from deftly.values import JsonValue, NotJsonError, canonical_json

# Control and format characters: https://www.unicode.org/reports/tr44/#General_Category_Values
_UNSEEN: Final = frozenset({"Cc", "Cf"})


def key_of(tool: str, bound: JsonValue) -> bytes:
    """Return what two calls share that would do the same: their bound arguments."""
    try:
        return canonical_json([tool, _plain(bound)])
    except NotJsonError:
        return repr((tool, bound)).encode(errors="replace")


def _plain(value: JsonValue) -> JsonValue:
    """Return the value with one spelling for what a person would not tell apart."""
    match value:
        case str():
            return _as_seen(value)
        case float() if value.is_integer():
            return int(value)
        case dict():
            return {name: _plain(one) for name, one in value.items()}
        case list():
            return [_plain(one) for one in value]
        case _:
            return value


def _as_seen(text: str) -> str:
    """Return a text without its case, its blanks at the ends and what nobody sees of it."""
    words = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    kinds = ((one, unicodedata.category(one)) for one in words)
    return "".join("-" if kind == "Pd" else one for one, kind in kinds if kind not in _UNSEEN)
