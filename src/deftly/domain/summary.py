"""What a person is shown before they agree: stored values, complete and inert.

Model text is never part of it. Characters that a screen would hide, reorder or act on
are spelled out, so that two different calls never look alike.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Final

from deftly.domain.action import Action
from deftly.domain.handler import CodeHandler, ShellHandler
from deftly.values import JsonObject, JsonValue, dump_json

# Control, format (bidi, zero-width), surrogate, private use and unassigned characters,
# and separators other than the plain space (Unicode, chapter 4.5).
_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK_BUT_VISIBLE: Final = frozenset({" "})
# Letters, marks and symbols without a shape: those of Default_Ignorable_Code_Point (Unicode,
# DerivedCoreProperties) outside the categories above, and two blanks drawn as nothing.
_LOOKS_EMPTY: Final = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\U0001d159\U000e0100-\U000e01ef]"
)
# Behind a symbol it does show: ❤ becomes a red heart.
_AS_EMOJI: Final = "\ufe0f"
_MARK: Final = "⟨"


def visible(text: str) -> str:
    """Return the text with every invisible or direction-changing character spelled out."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_visible_character, text, ("", *text)))


def _visible_character(character: str, before: str) -> str:
    if character == "\n":
        return "⏎\n"
    if character == _AS_EMOJI and before and unicodedata.category(before) == "So":
        return character
    category = unicodedata.category(character)
    odd_blank = category == "Zs" and character not in _BLANK_BUT_VISIBLE
    if category in _HIDDEN_CATEGORIES or odd_blank or _LOOKS_EMPTY.match(character):
        return _spelled_out(character)
    return character


def _spelled_out(character: str) -> str:
    return f"{_MARK}U+{ord(character):04X}⟩"


COMMAND_CHARACTERS_MAX: Final = 16 * 1024
"""Of a command that is shown: every one with placeholders is complete, a longer one is cut."""

_PROGRAM: Final = "program"
_LINE_END: Final = re.compile(r"\r\n|[\r\n]")


def summarise(
    action: Action,
    arguments: Mapping[str, JsonValue],
    *,
    method: str,
    host: str,
    secrets: Collection[str] = (),
) -> JsonObject:
    """Return what the question shows: action, method, host, every argument labelled, the program.

    Each argument carries its declared name and description and its whole value as text;
    JSON values other than strings are shown as JSON. ``secrets`` are names.
    """
    labels = {one.name: one.description for one in action.parameters}
    program = _program(action, secrets)
    summary: JsonObject = {
        "action": action.name,
        "method": method,
        "host": visible(host),
        "arguments": [
            {"name": visible(name), "label": visible(labels.get(name, "")), "value": _shown(value)}
            for name, value in arguments.items()
        ],
    }
    return summary if program is None else {**summary, _PROGRAM: program}


def without_program(summary: JsonObject) -> JsonObject:
    """Return what somebody is shown who may not know how the action is carried out."""
    return {name: value for name, value in summary.items() if name != _PROGRAM}


def _program(action: Action, secrets: Collection[str]) -> JsonObject | None:
    match action.handler:
        case ShellHandler(command=stored):
            command = stored.rstrip("\n")
            shown = visible(command[:COMMAND_CHARACTERS_MAX])
            return {"says": _of_command(command), "command": shown, "length": len(command)}
        case CodeHandler(code=code):
            return {"says": _of_code(code, sorted(secrets))}
        case _:
            return None


def _of_command(command: str) -> str:
    if len(command) > COMMAND_CHARACTERS_MAX:
        return (
            f"Runs a command of {len(command):,} characters, of which the first "
            f"{COMMAND_CHARACTERS_MAX:,} are shown."
        )
    values = ", with a value for each {{…}}" if "{{" in command else ""
    return f"Runs this command{values}."


def _of_code(code: str, secrets: list[str]) -> str:
    count = len(_LINE_END.split(code.rstrip()))
    lines = "1 line" if count == 1 else f"{count:,} lines"
    carries = f", with {_listed(secrets)} in their headers" if secrets else ""
    return f"Runs JavaScript of {lines}. It may send requests{carries}."


def _listed(secrets: list[str]) -> str:
    *others, last = secrets
    return f"the secrets {', '.join(others)} and {last}" if others else f"the secret {last}"


def _shown(value: JsonValue) -> str:
    text = value if isinstance(value, str) else dump_json(value).decode()
    # A value that writes such a mark itself looks like no other value.
    return visible(text.replace(_MARK, _spelled_out(_MARK)))
