"""JSON bodies: the template is parsed first, then every value is put in as one JSON value.

A compiled body is literal bytes with slots between them. A slot is filled with exactly one
JSON value (or one string), so that no value can add a member, an element or a type.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Final, TypeAlias

from deftly.domain.template.placeholder import (
    PLACEHOLDER,
    Filter,
    Parts,
    Placeholder,
    parse_parts,
    placeholder_of,
    placeholders_in,
    refuse_secrets_in_name,
)
from deftly.domain.template.scope import (
    Missing,
    RenderScope,
    json_bytes,
    look_up,
    refuse_value,
    render_parts,
    text_value,
)
from deftly.values import JsonValue, NotJsonError, dump_json

DEPTH_LIMIT: Final = 64

_STRING_OR_OPENING: Final = re.compile(r'"(?:[^"\\]+|\\.)*"|\{\{', re.DOTALL)
_NESTED: Final = re.compile(r'\s*(?:\{\s*"|\[\s*(?:"|\{\s*"))')
# A word JSON does not have and Python's reader hands to a hook, in document order.
_STAND_IN: Final = "NaN"


class NotJsonTemplateError(ValueError):
    """The text with its placeholders as values is not JSON; the message says why."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A placeholder that is a whole value: outside quotes (``bare``), or all of a string."""

    placeholder: Placeholder
    bare: bool = False

    def fill(self, scope: RenderScope) -> bytes:
        """Return the value with its type; a missing one is the empty string."""
        wanted = self.placeholder.filter
        if wanted is None or (self.bare and wanted is Filter.JSON):
            value = look_up(self.placeholder, scope)
            return json_bytes(self.placeholder, "" if isinstance(value, Missing) else value)
        return json_bytes(self.placeholder, text_value(self.placeholder, scope))


@dataclass(frozen=True, slots=True)
class Text:
    """A string, or a member's name, with placeholders among other text."""

    parts: Parts

    def text(self, scope: RenderScope) -> str:
        """Return the whole text."""
        return render_parts(self.parts, scope, lambda _, text: text)

    def fill(self, scope: RenderScope) -> bytes:
        """Return one JSON string."""
        return json_bytes(next(placeholders_in(self.parts)), self.text(scope))


@dataclass(frozen=True, slots=True)
class Nested:
    """A string that is JSON itself: a value stays one JSON value of it."""

    body: "JsonBody"

    def fill(self, scope: RenderScope) -> bytes:
        """Return one JSON string."""
        text = b"".join(self.body.chunks(scope)).decode()
        return json_bytes(self.body.placeholders[0], text)


Slot: TypeAlias = Whole | Text | Nested
Tree: TypeAlias = "str | int | float | bool | Whole | list[Tree] | dict[str, Tree] | None"


@dataclass(frozen=True, slots=True)
class JsonBody:
    """A compiled JSON body.

    Attributes:
        pieces: Literal JSON and slots, in order.
        made_names: Per object with a placeholder in a member's name, all its names.
    """

    pieces: tuple[bytes | Slot, ...]
    made_names: tuple[tuple[Text, ...], ...] = ()

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Those of all slots."""
        return tuple(one for piece in self.pieces for one in _placeholders_of(piece))

    def chunks(self, scope: RenderScope) -> Iterator[bytes]:
        """Yield the rendered JSON.

        Raises:
            InvalidArguments: A value inside a longer text that is an object or array, or a
                member's name that becomes equal to another.
        """
        for names in self.made_names:
            _refuse_equal_names(names, scope)
        for piece in self.pieces:
            yield piece if isinstance(piece, bytes) else piece.fill(scope)


def _placeholders_of(piece: bytes | Slot) -> tuple[Placeholder, ...]:
    match piece:
        case bytes():
            return ()
        case Text(parts):
            return tuple(placeholders_in(parts))
        case Whole(placeholder):
            return (placeholder,)
        case Nested(body):
            return body.placeholders


def _refuse_equal_names(names: tuple[Text, ...], scope: RenderScope) -> None:
    texts = [name.text(scope) for name in names]
    for name, text in zip(names, texts, strict=True):
        placeholder = next(placeholders_in(name.parts), None)
        if placeholder and texts.count(text) > 1:
            refuse_value(placeholder, "gives a member's name that is there already; use another.")


def compile_json_text(text: str, *, path: str) -> JsonBody:
    """Return the compiled body of a JSON text; placeholders may stand outside quotes too.

    Raises:
        NotJsonTemplateError: It is not JSON, or has a member twice.
        InvalidDefinition: A string holds braces that are no placeholder.
    """
    bare: list[Placeholder] = []
    readable = _with_stand_ins(text, bare, path)
    pending = iter(bare)

    def stand_in(word: str) -> Whole:
        placeholder = next(pending, None) if word == _STAND_IN else None
        if placeholder is None:
            raise NotJsonTemplateError(f"{word} is not a JSON value")
        return Whole(placeholder, bare=True)

    try:
        tree: Tree = json.loads(readable, parse_constant=stand_in, object_pairs_hook=_members)
    except json.JSONDecodeError as fault:
        raise NotJsonTemplateError(f"{fault.msg} in line {fault.lineno}") from None
    except RecursionError:
        raise NotJsonTemplateError("it is nested too deeply") from None
    return compile_json(tree, path=path)


def _with_stand_ins(text: str, bare: list[Placeholder], path: str) -> str:
    """Return the text with a word for every placeholder outside quotes."""
    kept: list[str] = []
    end = at = 0
    while found := _STRING_OR_OPENING.search(text, at):
        at = found.end()
        if found[0] != "{{":
            continue
        match = PLACEHOLDER.match(text, found.start())
        if match is None:
            at = found.start() + 1  # in {{{n}}} the first brace may open an object
            continue
        bare.append(placeholder_of(match, path))
        kept += [text[end : found.start()], _STAND_IN]
        end = at = match.end()
    return "".join([*kept, text[end:]])


def _members(pairs: list[tuple[str, Tree]]) -> dict[str, Tree]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotJsonTemplateError(f"the member {json.dumps(twice)[:80]} is there twice")
    return members


def compile_json(tree: Tree, *, path: str) -> JsonBody:
    """Return the compiled body of a JSON value whose strings may hold placeholders.

    Raises:
        NotJsonTemplateError: It is nested deeper than 64 levels or is no JSON value.
        InvalidDefinition: A string holds braces that are no placeholder.
    """
    names: list[tuple[Text, ...]] = []
    merged: list[bytes | Slot] = []
    for piece in _pieces(tree, path, names, 0):
        if isinstance(piece, bytes) and merged and isinstance(merged[-1], bytes):
            merged[-1] += piece
        else:
            merged.append(piece)
    return JsonBody(tuple(merged), tuple(names))


def _pieces(
    tree: Tree, path: str, names: list[tuple[Text, ...]], depth: int
) -> Iterator[bytes | Slot]:
    if depth >= DEPTH_LIMIT and isinstance(tree, dict | list):
        raise NotJsonTemplateError(f"it is nested deeper than {DEPTH_LIMIT} levels")
    match tree:
        case Whole():
            yield tree
        case str():
            yield _string(tree, path)
        case dict():
            yield from _object_pieces(tree, path, names, depth)
        case list():
            for index, element in enumerate(tree):
                yield b"," if index else b"["
                yield from _pieces(element, path, names, depth + 1)
            yield b"]" if tree else b"[]"
        case _:
            yield _literal(tree)


def _object_pieces(
    members: dict[str, Tree], path: str, names: list[tuple[Text, ...]], depth: int
) -> Iterator[bytes | Slot]:
    own = tuple(Text(parse_parts(name, path)) for name in members)
    for name in own:
        refuse_secrets_in_name(name.parts, path)
    if any(placeholder for name in own for placeholder in placeholders_in(name.parts)):
        names.append(own)
    for index, (name, value) in enumerate(zip(own, members.values(), strict=True)):
        yield b"," if index else b"{"
        yield name if any(placeholders_in(name.parts)) else _literal("".join(map(str, name.parts)))
        yield b":"
        yield from _pieces(value, path, names, depth + 1)
    yield b"}" if members else b"{}"


def _string(text: str, path: str) -> bytes | Slot:
    nested = json_in(text, path)
    if nested is not None:
        return Nested(nested) if nested.placeholders else _literal(text)
    parts = parse_parts(text, path)
    match parts:
        case (Placeholder() as only,):
            return Whole(only)
        case _ if any(placeholders_in(parts)):
            return Text(parts)
        case _:
            return _literal("".join(map(str, parts)))


def json_in(text: str, path: str) -> JsonBody | None:
    """Return the object or list that the text of a string or field is, if it is one."""
    try:
        return compile_json_text(text, path=path) if _NESTED.match(text) else None
    except NotJsonTemplateError:
        return None


def _literal(value: JsonValue) -> bytes:
    if isinstance(value, float) and not isfinite(value):
        raise NotJsonTemplateError(f"{value} is not a JSON value")
    try:
        return dump_json(value)
    except NotJsonError as fault:
        raise NotJsonTemplateError(str(fault)) from None
