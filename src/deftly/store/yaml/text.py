"""Writing YAML: how a JSON value is spelt, in block form and between brackets.

The spelling is careful rather than short: what an older YAML (1.1) would take for
a date, a number or a truth value is quoted too, so that every reader agrees.
"""

import re
from dataclasses import dataclass
from typing import Final

from deftly.store.yaml.scalar import NotANumberError, resolve_plain
from deftly.values import JsonObject, JsonScalar, JsonValue

# libyaml takes a key of at most 1,024 characters before its colon.
_LIMIT_KEY: Final = 1000

# Printable, and neither a line break nor a control of writing direction.
_PRINTABLE: Final = (
    "\x20-\x7e\xa0-\u061b\u061d-\u200d\u2010-\u2027\u202f-\u2065\u206a-\ud7ff"
    "\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
)
_PLAIN: Final = re.compile(f"(?![-?:,\\[\\]{{}}#&*!|>'\"%@`. ])[{_PRINTABLE}]*(?<![: \xa0])")
_NOT_PLAIN: Final = re.compile(r":\s|\s#|^<<$|^=$")
_NOT_PLAIN_IN_FLOW: Final = re.compile(r"[,\[\]{}:#]")
_NUMBER_LIKE: Final = re.compile(r"[-+.0-9][-+._:0-9a-fA-FxobTZ ]*")
_TRUTH_LIKE: Final = frozenset({"y", "n", "yes", "no", "on", "off"})
_LITERAL: Final = re.compile(
    f"(?![ \t\n])(?:[\t{_PRINTABLE}]*(?<![ \t\xa0])\n)*[\t{_PRINTABLE}]+(?<![ \t])\n?"
)
_SINGLE_QUOTED: Final = re.compile(f"[{_PRINTABLE}]*")
_ESCAPED: Final = re.compile(f'[^{_PRINTABLE}]|["\\\\]')
_SHORT_ESCAPES: Final = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is indented.

    Attributes:
        step: Blanks by which a mapping inside a mapping is indented.
        dash: Blanks between a key's column and the dashes of its list.
    """

    step: int = 2
    dash: int = 2


DEFAULT_LAYOUT: Final = Layout()


@dataclass(frozen=True, slots=True)
class Spelling:
    """A value as it stands behind ``key:`` or ``-``.

    Attributes:
        head: The rest of that line, with its leading blank; empty if the value starts below.
        body: The lines below, each with the line break before it.
    """

    head: str
    body: str


def object_text(definition: JsonObject) -> str:
    """Return the definition as a file of its own, in block form."""
    return "\n".join(member_lines(definition, 0, DEFAULT_LAYOUT) or ["{}"]) + "\n"


def member_lines(members: JsonObject, column: int, layout: Layout) -> list[str]:
    """Return one text for each member, indented; a text may be of several lines."""
    return [member_line(key, value, column, layout) for key, value in members.items()]


def member_line(key: str, value: JsonValue, column: int, layout: Layout) -> str:
    """Return ``key: value``, indented, without a line break at its end."""
    blanks = " " * column
    spelling = spell(value, column, layout)
    name = scalar_text(key)
    if len(name) > _LIMIT_KEY:
        name = f"? {name}\n{blanks}"
    return f"{blanks}{name}:{spelling.head}{spelling.body}"


def item_line(value: JsonValue, column: int, layout: Layout) -> str:
    """Return ``- value``, indented, without a line break at its end."""
    spelling = spell(value, column, layout, in_list=True)
    return f"{' ' * column}-{spelling.head}{spelling.body}"


def spell(
    value: JsonValue, column: int, layout: Layout, *, in_list: bool = False, style: str = ""
) -> Spelling:
    """Return how the value stands behind a key, or a dash, at the column."""
    match value:
        case dict() | list() if value:
            return _spell_collection(value, column, layout, in_list=in_list)
        case dict() | list():
            return Spelling(" {}" if isinstance(value, dict) else " []", "")
        case str() if _LITERAL.fullmatch(value) and "\n" in value:
            return _spell_literal(value, column + layout.step)
        case _:
            return Spelling(f" {scalar_text(value, style=style)}", "")


def _spell_collection(
    value: JsonObject | list[JsonValue], column: int, layout: Layout, *, in_list: bool
) -> Spelling:
    if isinstance(value, dict):
        inner = column + (2 if in_list else layout.step)
        lines = member_lines(value, inner, layout)
    else:
        inner = column + (2 if in_list else layout.dash)
        lines = [item_line(item, inner, layout) for item in value]
    text = "\n".join(lines)
    if in_list:
        first, _, rest = text[inner:].partition("\n")
        return Spelling(f" {first}", f"\n{rest}" if rest else "")
    return Spelling("", f"\n{text}")


def _spell_literal(text: str, column: int) -> Spelling:
    blanks = " " * column
    lines = text.removesuffix("\n").split("\n")
    body = "".join(f"\n{blanks}{line}" if line else "\n" for line in lines)
    return Spelling(" |" if text.endswith("\n") else " |-", body)


def flow_text(value: JsonValue, *, style: str = "") -> str:
    """Return the value on one line, as it stands between brackets."""
    match value:
        case dict():
            pairs = (flow_pair(key, member) for key, member in value.items())
            return "{" + ", ".join(pairs) + "}"
        case list():
            return "[" + ", ".join(flow_text(item) for item in value) + "]"
        case _:
            return scalar_text(value, in_flow=True, style=style)


def flow_pair(key: str, value: JsonValue) -> str:
    """Return ``key: value`` as it stands between braces."""
    name = scalar_text(key, in_flow=True)
    mark = "? " if len(name) > _LIMIT_KEY else ""
    return f"{mark}{name}: {flow_text(value)}"


def scalar_text(value: JsonScalar, *, in_flow: bool = False, style: str = "") -> str:
    """Return a scalar on one line; a string keeps the quotes named by ``style`` if it can."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return _string_text(value, in_flow=in_flow, style=style)


def _string_text(text: str, *, in_flow: bool, style: str) -> str:
    if style not in ("'", '"') and _is_plain(text, in_flow=in_flow):
        return text
    single = style == "'" or (style != '"' and ('"' in text or "\\" in text))
    if single and "'" not in text and _SINGLE_QUOTED.fullmatch(text):
        return f"'{text}'"
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _is_plain(text: str, *, in_flow: bool) -> bool:
    if not _PLAIN.fullmatch(text) or _NOT_PLAIN.search(text):
        return False
    if in_flow and _NOT_PLAIN_IN_FLOW.search(text):
        return False
    if _NUMBER_LIKE.fullmatch(text) or text.lower() in _TRUTH_LIKE:
        return False
    try:
        return isinstance(resolve_plain(text), str)
    except NotANumberError:
        return False


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    short = _SHORT_ESCAPES.get(character)
    if short:
        return short
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"  # noqa: PLR2004  # two digits
