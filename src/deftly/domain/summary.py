"""What a person is shown before they agree: stored values, complete and inert.

Model text is never part of it. Characters that a screen would hide, reorder or act on
are spelled out, so that two different calls never look alike.
"""

import unicodedata
from collections.abc import Mapping
from typing import Final

from deftly.domain.action import Action
from deftly.values import JsonObject, JsonValue, dump_json

# Control, format (bidi, zero-width), surrogate, private use and unassigned characters,
# and separators other than the plain space (Unicode, chapter 4.5).
_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK_BUT_VISIBLE: Final = frozenset({" "})
_LOOKS_EMPTY: Final = frozenset({"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0", "\u034f"})


def visible(text: str) -> str:
    """Return the text with every invisible or direction-changing character spelled out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible_character(one) for one in text)


def _visible_character(character: str) -> str:
    if character == "\n":
        return "⏎\n"
    category = unicodedata.category(character)
    odd_blank = category == "Zs" and character not in _BLANK_BUT_VISIBLE
    if category in _HIDDEN_CATEGORIES or odd_blank or character in _LOOKS_EMPTY:
        return f"⟨U+{ord(character):04X}⟩"
    return character


def summarise(
    action: Action, arguments: Mapping[str, JsonValue], *, method: str, host: str
) -> JsonObject:
    """Return what the question shows: action, method, host, every argument labelled.

    Each argument carries its declared name and description and its whole value as text;
    JSON values other than strings are shown as JSON.
    """
    labels = {one.name: one.description for one in action.parameters}
    return {
        "action": action.name,
        "method": method,
        "host": visible(host),
        "arguments": [
            {"name": visible(name), "label": visible(labels.get(name, "")), "value": _shown(value)}
            for name, value in arguments.items()
        ],
    }


def _shown(value: JsonValue) -> str:
    return visible(value if isinstance(value, str) else dump_json(value).decode())
