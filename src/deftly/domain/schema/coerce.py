"""Texts to arguments: what a command line or a form typed, converted by the schema."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from deftly.domain.schema.parameters import declared_properties, types_of
from deftly.domain.schema.tree import SchemaTree, grow_tree, same_value
from deftly.values import JsonObject, JsonValue, NotJsonError, parse_json

_INTEGER: Final = re.compile(r"-?(0|[1-9][0-9]*)")


def coerce(schema: JsonObject, texts: Mapping[str, str]) -> JsonObject:
    """Return the arguments the texts stand for.

    ``5`` is a number where the schema wants one and a text where it wants that. A text that
    stands for nothing the schema allows stays a text, so that binding says what is wrong.
    An array may also be written without JSON: ``a,b``.

    Raises:
        InvalidDefinition: The schema has a property no placeholder can name.
    """
    tree = grow_tree(schema)
    declared = declared_properties(tree)
    return {name: _converted(text, declared.get(name), tree) for name, text in texts.items()}


def _converted(text: str, member: JsonValue, tree: SchemaTree) -> JsonValue:
    types = types_of(member, tree)
    if "string" in types:
        return text
    for kind, reader in _READERS.items():
        value = reader(text) if kind in types else _NOTHING
        if value is not _NOTHING:
            return value
    return _listed(text, member, tree) if "array" in types else text


def _listed(text: str, member: JsonValue, tree: SchemaTree) -> JsonValue:
    """Return the elements of ``a,b``; an array in brackets that is not JSON stays a text."""
    if text.lstrip().startswith("["):
        return text
    element = _element(member, tree)
    return [_converted(piece.strip(), element, tree) for piece in text.split(",")] if text else []


def _element(member: JsonValue, tree: SchemaTree) -> JsonValue:
    for schema, _ in same_value(member, tree) if isinstance(member, dict) else ():
        if "items" in schema:
            return schema["items"]
    return None


# Told from null by identity.
_NOTHING: Final[JsonObject] = {}


def _read(text: str, *kinds: type) -> JsonValue:
    try:
        value = parse_json(text)
    except NotJsonError:
        return _NOTHING
    return value if type(value) in kinds else _NOTHING


_READERS: Final[Mapping[str, Callable[[str], JsonValue]]] = {
    "integer": lambda text: _read(text, int) if _INTEGER.fullmatch(text) else _NOTHING,
    "number": lambda text: _read(text, int, float),
    "boolean": lambda text: _read(text.lower(), bool),
    "null": lambda text: None if text == "null" else _NOTHING,
    "object": lambda text: _read(text, dict),
    "array": lambda text: _read(text, list),
}
