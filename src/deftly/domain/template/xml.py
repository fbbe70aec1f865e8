"""XML and HTML bodies: what a value becomes depends on where in the markup it stands.

Character data and quoted attributes take any text, escaped. A CDATA section, where nothing is
escaped, is ended and begun anew around what would end it. Inside a tag but outside quotes there
is room for a name or a number alone.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, TypeAlias
from xml.sax.saxutils import escape

from deftly.domain.template.placeholder import Placeholder, parse_parts
from deftly.domain.template.scope import RenderScope, encoded, refuse_value

# XML 1.0, production 2: the characters a document may hold.
_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTES: Final = {'"': "&quot;", "'": "&#39;"}
_WORD: Final = re.compile(r"[A-Za-z0-9_.-]*")
_AGAIN: Final = "]]><![CDATA["

Encode: TypeAlias = Callable[[Placeholder, str], str]


class _Place(Enum):
    TEXT = auto()
    TAG = auto()
    DOUBLE_QUOTED = auto()
    SINGLE_QUOTED = auto()
    CDATA = auto()
    COMMENT = auto()
    INSTRUCTION = auto()


# What leads out of each place, and where to. A < at the end of a text stands before a placeholder.
_WAYS: Final = {
    _Place.TEXT: (
        re.compile(r"<!\[CDATA\[|<!--|<\?|<(?=[A-Za-z_:/!]|\Z)"),
        {
            "<![CDATA[": _Place.CDATA,
            "<!--": _Place.COMMENT,
            "<?": _Place.INSTRUCTION,
            "<": _Place.TAG,
        },
    ),
    _Place.TAG: (
        re.compile("[\"'>]"),
        {'"': _Place.DOUBLE_QUOTED, "'": _Place.SINGLE_QUOTED, ">": _Place.TEXT},
    ),
    _Place.DOUBLE_QUOTED: (re.compile('"'), {'"': _Place.TAG}),
    _Place.SINGLE_QUOTED: (re.compile("'"), {"'": _Place.TAG}),
    _Place.CDATA: (re.compile("]]>"), {"]]>": _Place.TEXT}),
    _Place.COMMENT: (re.compile("-->"), {"-->": _Place.TEXT}),
    _Place.INSTRUCTION: (re.compile(r"\?>"), {"?>": _Place.TEXT}),
}


@dataclass(frozen=True, slots=True)
class XmlBody:
    """A compiled document: its text, and its placeholders each with the encoder of its place."""

    parts: tuple[str | tuple[Placeholder, Encode], ...]

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Those of the document, in the order they stand."""
        return tuple(part[0] for part in self.parts if not isinstance(part, str))

    def chunks(self, scope: RenderScope) -> Iterator[bytes]:
        """Yield the document as UTF-8.

        Raises:
            InvalidArguments: An object or array without a filter, a character XML does not have,
                or more than a word where a tag has no quotes.
        """
        for part in self.parts:
            yield (part if isinstance(part, str) else encoded(part[0], scope, part[1])).encode()


def compile_xml(text: str, *, path: str) -> XmlBody:
    """Return the compiled XML or HTML.

    Raises:
        InvalidDefinition: Braces that are no placeholder.
    """
    place = _Place.TEXT
    parts: list[str | tuple[Placeholder, Encode]] = []
    for part in parse_parts(text, path):
        if isinstance(part, str):
            place = _after(part, place)
            parts.append(part)
        else:
            parts.append((part, _ENCODERS.get(place, _escaped)))
    return XmlBody(tuple(parts))


def _after(text: str, place: _Place) -> _Place:
    """Return where the text leads from a place."""
    at = 0
    while found := _WAYS[place][0].search(text, at):
        place = _WAYS[place][1][found[0]]
        at = found.end()
    return place


def _checked(placeholder: Placeholder, text: str) -> str:
    if _NOT_XML.search(text):
        refuse_value(placeholder, "holds a character that XML does not have; remove it.")
    return text


def _escaped(placeholder: Placeholder, text: str) -> str:
    return escape(_checked(placeholder, text), _QUOTES)


def _in_section(placeholder: Placeholder, text: str) -> str:
    # What follows or precedes the value may be the rest of ]]>.
    safe = _checked(placeholder, text).replace("]", f"]{_AGAIN}")
    return f"{_AGAIN}{safe}" if safe.startswith(">") else safe


def _in_tag(placeholder: Placeholder, text: str) -> str:
    if not _WORD.fullmatch(text):
        refuse_value(
            placeholder,
            "stands in a tag without quotes, where only letters, digits and _.- can; put quotes "
            "around it in the template.",
        )
    return text


_ENCODERS: Final = {_Place.CDATA: _in_section, _Place.TAG: _in_tag}
