"""URL templates: a value stays inside its path segment, query name, query value or host label.

Scheme, port, user name and fragment never hold a value. A template without placeholders is
rendered as it was written: there is nothing a value could change, and the guard judges it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from deftly.domain.template.authority import (
    check_origin,
    cut_origin,
    encode_host_label,
    host_of,
)
from deftly.domain.template.pairs import Pair, parse_pairs, render_pairs, without_missing
from deftly.domain.template.placeholder import (
    Parts,
    Placeholder,
    parse_parts,
    placeholders_in,
    refuse,
    split_parts,
    without_url_filter,
)
from deftly.domain.template.scope import (
    RenderScope,
    percent_encode,
    refuse_value,
    render_parts,
)
from deftly.errors import InvalidArguments, Problem

URL_LIMIT: Final = 16_384

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_NEVER_STATIC: Final = re.compile(r"[\x00-\x20\x7f-\x9f\\\ud800-\udfff]|%(?![0-9A-Fa-f]{2})")
_UNRESERVED: Final = re.compile(r"[A-Za-z0-9._~-]*")  # RFC 3986 section 2.3
_DOT_SEGMENTS: Final = frozenset({".", ".."})
_STARTS_OF_DOTS: Final = frozenset({".", "%"})


@dataclass(frozen=True, slots=True)
class UrlTemplate:
    """A compiled URL.

    Attributes:
        text: As its author wrote it.
        placeholders: In the order they stand.
        static_host: The host as written, when no value can change it and it can be told.
    """

    text: str
    placeholders: tuple[Placeholder, ...]
    static_host: str | None
    _origin: Parts = field(default=(), repr=False)
    _path: tuple[str | Parts, ...] = field(default=(), repr=False)
    _query: tuple[Pair, ...] = field(default=(), repr=False)
    _fragment: str = field(default="", repr=False)
    _omits: bool = field(default=False, repr=False)

    def render(self, scope: RenderScope) -> str:
        """Return the URL with every value encoded for its place.

        Raises:
            InvalidArguments: A control character, an object or array, a value that is no host
                label, a finished segment ``.`` or ``..``, or more than 16,384 characters.
        """
        if not self.placeholders:
            return self.text
        url = "".join(
            [
                render_parts(self._origin, scope, encode_host_label),
                *[
                    piece if isinstance(piece, str) else _render_segment(piece, scope)
                    for piece in self._path
                ],
                *(self._pairs(scope) if self._query else ()),
                self._fragment,
            ]
        )
        if len(url) > URL_LIMIT:
            sentence = f"The URL would be {len(url)} characters long; {URL_LIMIT} is the limit."
            raise InvalidArguments(sentence, details=[Problem("", sentence)])
        return url

    def _pairs(self, scope: RenderScope) -> Iterable[str]:
        if not self._omits:
            return render_pairs(self._query, scope, _encode)
        kept = without_missing(self._query, scope)
        return ("?", *render_pairs(kept, scope, _encode)) if kept else ()


def compile_url(
    text: str, *, path: str, allow_host_parameter: bool = False, omit_missing: bool = False
) -> UrlTemplate:
    """Return the compiled URL.

    With ``allow_host_parameter`` one whole label of the host may be an argument, when at
    least two written labels follow it (``https://{{region}}.example.com/``). With
    ``omit_missing`` a query value that is one whole argument goes with its name where that
    argument is not given.

    Raises:
        InvalidDefinition: A placeholder where no value may stand, or text around one that
            URLs do not have.
    """
    parts = without_url_filter(parse_parts(text, path))
    placeholders = tuple(placeholders_in(parts))
    if not placeholders:
        return UrlTemplate(text, (), host_of(text))
    _check_static(parts, path)
    origin, rest = cut_origin(parts, path)
    check_origin(origin, path, allowed=allow_host_parameter)
    rest, *fragment = split_parts(rest, "#", 1)
    bare, *query = split_parts(rest, "?", 1)
    pairs = parse_pairs(query[0], path) if query else ()
    return UrlTemplate(
        text,
        placeholders,
        None if any(placeholders_in(origin)) else host_of("".join(map(str, origin))),
        origin,
        _compile_path(bare, path, "?" if pairs and not omit_missing else ""),
        pairs,
        _compile_fragment(fragment, path),
        omit_missing,
    )


def _check_static(parts: Parts, path: str) -> None:
    for part in parts:
        fault = _NEVER_STATIC.search(part) if isinstance(part, str) else None
        if fault is None:
            continue
        if fault[0] == "%":
            refuse(path, "a % is not followed by two hexadecimal digits; write %25 for itself.")
        refuse(
            path,
            f"{fault[0]!r} cannot stand in a URL (blanks, control characters and backslashes "
            "cannot); percent-encode it.",
        )


def _compile_path(bare: Parts, path: str, end: str) -> tuple[str | Parts, ...]:
    """Return static text, slashes included, and the segments that hold a value."""
    pieces: list[str | Parts] = []
    static = ""
    for segment in _segments(bare, path):
        static += "/"
        if any(placeholders_in(segment)):
            pieces += [static, segment]
            static = ""
        else:
            static += "".join(map(str, segment))
    return (*pieces, static + end)


def _segments(bare: Parts, path: str) -> tuple[Parts, ...]:
    segments = tuple(split_parts(bare, "/")[1:])
    for placeholder in placeholders_in(bare):
        if placeholder.secret:
            refuse(path, f"{placeholder} stands in the path; a secret may stand in a query value.")
    for segment in segments:
        if not any(placeholders_in(segment)) and _is_dots("".join(map(str, segment))):
            refuse(path, "a segment of dots leads out of the path; write the path it leads to.")
    return segments


def _compile_fragment(fragment: list[Parts], path: str) -> str:
    for placeholder in placeholders_in(fragment[0] if fragment else ()):
        refuse(path, f"{placeholder} stands behind #, which is never sent.")
    return "#" + "".join(map(str, fragment[0])) if fragment else ""


def _is_dots(segment: str) -> bool:
    """Return whether a reader may take the segment for ``.`` or ``..``, parameters cut off."""
    # Whatever is dots when unquoted starts with one, plain or encoded.
    return segment[:1] in _STARTS_OF_DOTS and unquote(segment).partition(";")[0] in _DOT_SEGMENTS


def _render_segment(segment: Parts, scope: RenderScope) -> str:
    text = render_parts(segment, scope, _encode)
    if _is_dots(text):
        for placeholder in placeholders_in(segment):
            refuse_value(placeholder, "makes a path segment of dots, which would lead elsewhere.")
    return text


def _encode(placeholder: Placeholder, text: str) -> str:
    if _UNRESERVED.fullmatch(text):
        return text
    if _CONTROL.search(text):
        refuse_value(placeholder, "holds a control character, such as a line break; remove it.")
    return percent_encode(placeholder, text)
