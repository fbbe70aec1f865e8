"""Header templates: a value stays inside its field value, and in the quotes it stands in.

Names are never made of values.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from deftly.domain.fields import OF_ONE_CONNECTION
from deftly.domain.template.placeholder import (
    Filter,
    Parts,
    Placeholder,
    parse_parts,
    placeholders_in,
    refuse,
)
from deftly.domain.template.scope import RenderScope, encoded, is_missing, refuse_value
from deftly.errors import InvalidArguments, Problem

HEADER_LIMIT_BYTES: Final = 8_192

# RFC 9110 section 5.6.2.
_TOKEN: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NOT_VISIBLE: Final = re.compile(r"[^\t\x20-\x7e]")
_QUOTE: Final = re.compile(r'\\.|"')
_BLANKS: Final = " \t"
# And the codings an answer may have: these belong to the client that sends the request.
_OURS: Final = OF_ONE_CONNECTION | {"accept-encoding"}
_PROXY: Final = "proxy-"
_NAME_LIMIT: Final = 128


@dataclass(frozen=True, slots=True)
class HeaderTemplate:
    """A compiled header.

    Attributes:
        name: As its author wrote it.
        placeholders: Those of its value, in the order they stand.
    """

    name: str
    placeholders: tuple[Placeholder, ...]
    _value: Parts = field(repr=False)
    _quoted: frozenset[int] = field(default=frozenset(), repr=False)

    def is_missing(self, scope: RenderScope) -> bool:
        """Tell whether it is one argument alone that was not given."""
        return is_missing(self._value, scope)

    def render(self, scope: RenderScope) -> str:
        """Return the value: visible ASCII with blanks inside, at most 8 KiB.

        Raises:
            InvalidArguments: A value that no header can carry as it is.
        """
        text = "".join(self._rendered(scope)).strip(_BLANKS)
        if len(text) > HEADER_LIMIT_BYTES:
            where = self.placeholders[0].pointer if self.placeholders else ""
            sentence = (
                f"The header {self.name} would be over {HEADER_LIMIT_BYTES} bytes; send less."
            )
            raise InvalidArguments(sentence, details=[Problem(where, sentence)])
        return text

    def _rendered(self, scope: RenderScope) -> Iterator[str]:
        for index, part in enumerate(self._value):
            if isinstance(part, str):
                yield part
            else:
                encode = _encode_quoted if index in self._quoted else _encode
                yield encoded(part, scope, encode, json_ascii=True)


def compile_headers(headers: Mapping[str, str], *, path: str) -> tuple[HeaderTemplate, ...]:
    """Return the compiled headers in the order given; ``path`` is that of the whole mapping.

    Raises:
        InvalidDefinition: The first header that can never be sent, or a name given twice.
    """
    seen: dict[str, str] = {}
    for name in headers:
        earlier = seen.setdefault(name.lower(), name)
        if earlier != name:
            refuse(f"{path}.{name}", f"{name} is {earlier} again; names have no case. Keep one.")
    return tuple(
        compile_header(name, text, path=f"{path}.{name}") for name, text in headers.items()
    )


def compile_header(name: str, text: str, *, path: str) -> HeaderTemplate:
    """Return the compiled header.

    Raises:
        InvalidDefinition: A name or written value that can never be sent, a placeholder in the
            name, in ``Content-Type``, or one in ``Cookie`` that could add a cookie.
    """
    _check_name(name, path)
    parts = parse_parts(text, path)
    for part in parts:
        if isinstance(part, Placeholder):
            _check_placeholder(name.lower(), part, path)
        elif fault := _NOT_VISIBLE.search(part):
            refuse(
                path,
                f"the value holds {fault[0]!a}, which headers cannot carry; only visible ASCII "
                "and blanks can stand here.",
            )
    if sum(len(part) for part in parts if isinstance(part, str)) > HEADER_LIMIT_BYTES:
        refuse(path, f"the value is over {HEADER_LIMIT_BYTES} bytes; shorten it.")
    return HeaderTemplate(name, tuple(placeholders_in(parts)), parts, _quoted_in(parts))


def _quoted_in(parts: Parts) -> frozenset[int]:
    """Return which parts are placeholders between double quotes."""
    quoted: list[int] = []
    is_open = False
    for index, part in enumerate(parts):
        if isinstance(part, str):
            is_open ^= sum(found[0] == '"' for found in _QUOTE.finditer(part)) % 2 == 1
        elif is_open:
            quoted.append(index)
    return frozenset(quoted)


def _check_name(name: str, path: str) -> None:
    lower = name.lower()
    if "{{" in name:
        refuse(path, "a header's name cannot hold a placeholder; only its value can.")
    if name.startswith(":"):
        refuse(path, "names that start with a colon belong to HTTP/2 itself; remove it.")
    if not _TOKEN.fullmatch(name) or len(name) > _NAME_LIMIT:
        refuse(path, "a header's name holds letters, digits and hyphens, such as X-Request-Id.")
    if lower in _OURS or lower.startswith(_PROXY):
        refuse(path, f"{name} is set by the client that sends the request; remove it.")


def _check_placeholder(name: str, placeholder: Placeholder, path: str) -> None:
    if name == "content-type":
        refuse(path, "Content-Type decides how values are encoded; write it out.")
    if name == "cookie" and not placeholder.secret and placeholder.filter is not Filter.URL:
        refuse(
            path,
            f"{placeholder} could add a cookie with a semicolon; write "
            f"{{{{{placeholder.label}|url}}}}.",
        )


def _encode_quoted(placeholder: Placeholder, text: str) -> str:
    # A quoted string (RFC 9110 section 5.6.4) and one of JSON escape these two alike.
    return _encode(placeholder, text).replace("\\", r"\\").replace('"', r"\"")


def _encode(placeholder: Placeholder, text: str) -> str:
    fault = _NOT_VISIBLE.search(text)
    if fault and fault[0].isascii():
        refuse_value(
            placeholder,
            "holds a control character, such as a line break, which no header can carry; remove "
            "it.",
        )
    if fault:
        refuse_value(
            placeholder,
            "holds characters beyond ASCII, which headers cannot carry; the template can say "
            f"{{{{{placeholder.label}|url}}}}.",
        )
    return text
