"""Text bodies: plain text carries values as they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from deftly.domain.template.placeholder import Parts, Placeholder, parse_parts, placeholders_in
from deftly.domain.template.scope import RenderScope, encoded, refuse_value

_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class TextBody:
    """A compiled text."""

    parts: Parts

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Those of the text, in the order they stand."""
        return tuple(placeholders_in(self.parts))

    def chunks(self, scope: RenderScope) -> Iterator[bytes]:
        """Yield the text as UTF-8.

        Raises:
            InvalidArguments: An object or array without a filter, or half of a surrogate pair.
        """
        for part in self.parts:
            yield (part if isinstance(part, str) else encoded(part, scope, _as_it_is)).encode()


def compile_text(text: str, *, path: str) -> TextBody:
    """Return the compiled plain text.

    Raises:
        InvalidDefinition: Braces that are no placeholder.
    """
    return TextBody(parse_parts(text, path))


def _as_it_is(placeholder: Placeholder, text: str) -> str:
    if _SURROGATE.search(text):
        refuse_value(placeholder, "holds half of a surrogate pair, which is no text.")
    return text
