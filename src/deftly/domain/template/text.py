"""Text bodies: plain text carries values as they are, XML and HTML carry them escaped."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from deftly.domain.template.placeholder import Parts, Placeholder, parse_parts, placeholders_in
from deftly.domain.template.scope import RenderScope, encoded, refuse_value

_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
# XML 1.0, production 2: the characters a document may hold.
_NOT_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTES: Final = {'"': "&quot;", "'": "&#39;"}


@dataclass(frozen=True, slots=True)
class TextBody:
    """A compiled text."""

    parts: Parts
    encode: Callable[[Placeholder, str], str]

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Those of the text, in the order they stand."""
        return tuple(placeholders_in(self.parts))

    def chunks(self, scope: RenderScope) -> Iterator[bytes]:
        """Yield the text as UTF-8.

        Raises:
            InvalidArguments: An object or array without a filter, or a character the text
                cannot hold.
        """
        for part in self.parts:
            text = part if isinstance(part, str) else encoded(part, scope, self.encode)
            yield text.encode()


def compile_text(text: str, *, path: str) -> TextBody:
    """Return the compiled plain text.

    Raises:
        InvalidDefinition: Braces that are no placeholder.
    """
    return TextBody(parse_parts(text, path), _as_it_is)


def compile_xml(text: str, *, path: str) -> TextBody:
    """Return the compiled XML or HTML; values become character data or attribute values.

    Raises:
        InvalidDefinition: Braces that are no placeholder.
    """
    return TextBody(parse_parts(text, path), _as_character_data)


def _as_it_is(placeholder: Placeholder, text: str) -> str:
    if _SURROGATE.search(text):
        refuse_value(placeholder, "holds half of a surrogate pair, which is no text.")
    return text


def _as_character_data(placeholder: Placeholder, text: str) -> str:
    if _NOT_XML.search(text):
        refuse_value(placeholder, "holds a character that XML does not have; remove it.")
    return escape(text, _QUOTES)
