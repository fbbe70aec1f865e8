"""Form bodies (``application/x-www-form-urlencoded``): a value stays inside its field."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from deftly.domain.template.json_body import json_in
from deftly.domain.template.pairs import Pair, parse_pairs, render_pairs, without_missing
from deftly.domain.template.placeholder import (
    Part,
    Parts,
    Placeholder,
    parse_parts,
    refuse,
    without_url_filter,
)
from deftly.domain.template.scope import RenderScope, percent_encode
from deftly.values import JsonObject, JsonValue, dump_json

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
# What an author may write between and inside fields; everything else is encoded for them.
_KEPT: Final = "!$'()*+,;:@/?%[]&="


@dataclass(frozen=True, slots=True)
class FormBody:
    """A compiled form; one that omits leaves out fields whose argument is not given."""

    pairs: tuple[Pair, ...]
    omits: bool = False

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Those of all fields."""
        return tuple(one for pair in self.pairs for one in pair.placeholders)

    def chunks(self, scope: RenderScope) -> Iterator[bytes]:
        """Yield the rendered fields.

        Raises:
            InvalidArguments: A value that has no text, or a name that stands there already.
        """
        pairs = without_missing(self.pairs, scope) if self.omits else self.pairs
        return (piece.encode() for piece in render_pairs(pairs, scope, percent_encode))


def compile_form(body: JsonValue, *, path: str, omit_missing: bool = False) -> FormBody:
    """Return the compiled form, from its text or from an object of fields.

    Raises:
        InvalidDefinition: A line break, a stray ``%``, a field that is no scalar.
    """
    if isinstance(body, str):
        pairs = parse_pairs(without_url_filter(parse_parts(body.strip(), path)), path)
        return FormBody(tuple(_written(pair, path) for pair in pairs), omit_missing)
    if not isinstance(body, dict):
        refuse(path, "a form is a text such as a={{a}}&b=1, or an object of its fields.")
    return FormBody(tuple(_fields(body, path)), omit_missing)


def _written(pair: Pair, path: str) -> Pair:
    """Return the pair as its author wrote it, with what a form has no place for encoded."""
    name = tuple(_static(part, path) for part in pair.name)
    value = pair.value and tuple(_static(part, path) for part in pair.value)
    return replace(pair, name=name, value=value)


def _static(part: Part, path: str) -> Part:
    if isinstance(part, Placeholder):
        return part
    if _CONTROL.search(part):
        refuse(path, "a form is one line; write %0A for a line break inside a value.")
    if _STRAY_PERCENT.search(part):
        refuse(path, "a % is not followed by two hexadecimal digits; write %25 for itself.")
    return quote(part, safe=_KEPT)


def _fields(body: JsonObject, path: str) -> Iterator[Pair]:
    for name, value in body.items():
        where = f"{path}.{name}"
        for one in value if isinstance(value, list) else [value]:
            yield _field(_quoted(name, where), _field_text(one, where), where)


def _field(name: Parts, text: str, path: str) -> Pair:
    found = json_in(text, path)
    if found is None:
        return Pair.of(name, _quoted(text, path), path)
    pair = Pair.of(name, (quote(text, safe=""),), path)
    return replace(pair, json=found) if found.placeholders else pair


def _field_text(value: JsonValue, path: str) -> str:
    if isinstance(value, list | dict):
        refuse(path, "a form's field is a text, a number, true or false, or a list of these.")
    if isinstance(value, str):
        return value
    return "" if value is None else dump_json(value).decode()


def _quoted(text: str, path: str) -> Parts:
    parts = without_url_filter(parse_parts(text, path))
    if _SURROGATE.search(text):
        refuse(path, "the text holds half of a surrogate pair; remove it.")
    return tuple(quote(part, safe="") if isinstance(part, str) else part for part in parts)
