"""Schemas of OpenAPI as JSON Schema 2020-12: whole, self-contained, and of a bounded size.

References become ``$defs``. Keywords are taken from a table that says what form each must
have, because published documents hold every mistake there is; what does not fit is dropped.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from deftly.catalog.porting.naming import short_text
from deftly.catalog.porting.openapi.document import Document
from deftly.values import JsonObject, JsonValue

NODES_LIMIT: Final = 4_000
_DESCRIPTION_LIMIT: Final = 200
_ENUM_LIMIT: Final = 300
_SHAPES_LIMIT: Final = 50
_NOT_NAME: Final = re.compile(r"[^A-Za-z0-9_.-]+")
_TYPES: Final = frozenset("string number integer boolean array object null".split())
_FORMATS: Final = frozenset("date date-time time email uuid ipv4 ipv6".split())


class TooDetailedError(ValueError):
    """The schema has more parts than an action's may."""


@dataclass(frozen=True, slots=True)
class Detail:
    """How much of a schema is kept.

    Attributes:
        references: How many references may follow one another; beyond, anything fits.
        depth: How many levels of members are described; beyond, anything of the type fits.
        patterns: Regular expressions are kept.
    """

    references: int
    depth: int
    patterns: bool = True


def _is_count(value: JsonValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_number(value: JsonValue) -> bool:
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return plain and math.isfinite(float(value if isinstance(value, int | float) else 0))


def _is_texts(value: JsonValue) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


_PLAIN: Final[Mapping[str, Callable[[JsonValue], bool]]] = {
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _is_number),
    "multipleOf": lambda value: _is_number(value) and isinstance(value, int | float) and value > 0,
    **dict.fromkeys(
        ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
        _is_count,
    ),
    "uniqueItems": lambda value: isinstance(value, bool),
    "pattern": lambda value: isinstance(value, str),
    "format": lambda value: isinstance(value, str) and value in _FORMATS,
    "const": lambda value: not isinstance(value, dict | list),
    "default": lambda value: isinstance(value, str | int | float | bool),
}
_LISTS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
_SINGLE: Final = ("items", "not", "additionalProperties", "contains", "propertyNames")


@dataclass(slots=True)
class SchemaWriter:
    """Writes one document's schemas into one self-contained schema.

    Attributes:
        cut: Something was left out for its size.
    """

    document: Document
    detail: Detail
    cut: bool = False
    nodes: int = 0
    _defs: JsonObject = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _pending: list[tuple[str, str, int]] = field(default_factory=list)

    def write(self, members: Mapping[str, JsonValue], required: list[str]) -> JsonObject:
        """Return the schema of an object with these members.

        Raises:
            TooDetailedError: It has too many parts at this detail.
            InexpressibleError: A reference leads out of the document, or nowhere.
        """
        properties = {name: self._schema(one, 0, 0) for name, one in members.items()}
        while self._pending:
            reference, name, level = self._pending.pop()
            target = self.document.target(reference)
            self._defs[name] = self._schema(target, 0, level)
        schema: JsonObject = {"type": "object", "properties": properties}
        if required:
            schema["required"] = list(required)
        return {**schema, "$defs": self._defs} if self._defs else schema

    def _schema(self, given: JsonValue, depth: int, level: int) -> JsonValue:
        self.nodes += 1
        if self.nodes > NODES_LIMIT:
            raise TooDetailedError
        if not isinstance(given, dict):
            return {}
        written: JsonObject = {}
        description = short_text(given.get("description"), _DESCRIPTION_LIMIT)
        if description:
            written["description"] = description
        reference = given.get("$ref")
        if isinstance(reference, str):
            return {**self._reference(reference, level), **written}
        self._types(given, written)
        self._plain(given, written)
        if depth >= self.detail.depth:
            self.cut = self.cut or bool({"properties", "items", *_LISTS} & given.keys())
            return written
        self._inside(given, written, depth + 1, level)
        if self.document.is_30 and given.get("nullable") is True:
            return _nullable(written)
        return written

    def _reference(self, reference: str, level: int) -> JsonObject:
        if level >= self.detail.references:
            self.cut = True
            kind = self.document.resolved({"$ref": reference}).get("type")
            return {"type": kind} if isinstance(kind, str) and kind in _TYPES else {}
        name = self._names.get(reference)
        if name is None:
            self.document.target(reference)
            name = self._new_name(reference)
            self._names[reference] = name
            self._defs[name] = {}
            self._pending.append((reference, name, level + 1))
        return {"$ref": f"#/$defs/{name}"}

    def _new_name(self, reference: str) -> str:
        plain = _NOT_NAME.sub("_", reference.rpartition("/")[2])[:80] or "schema"
        number, name = 2, plain
        while name in self._defs:
            number, name = number + 1, f"{plain}_{number}"
        return name

    def _types(self, given: JsonObject, written: JsonObject) -> None:
        kind = given.get("type")
        if isinstance(kind, str) and kind in _TYPES:
            written["type"] = kind
        elif isinstance(kind, list):
            kinds = list(dict.fromkeys(one for one in kind if isinstance(one, str)))
            known: list[JsonValue] = [one for one in kinds if one in _TYPES]
            if known:
                written["type"] = known[0] if len(known) == 1 else known
        choices = given.get("enum")
        if isinstance(choices, list) and choices:
            if len(choices) <= _ENUM_LIMIT and not any(
                isinstance(one, dict | list) for one in choices
            ):
                written["enum"] = list(choices)
            else:
                self.cut = True

    def _plain(self, given: JsonObject, written: JsonObject) -> None:
        for keyword, fits in _PLAIN.items():
            value = given.get(keyword)
            if value is None or (keyword == "pattern" and not self.detail.patterns):
                continue
            if fits(value):
                written[keyword] = value
            elif value is True and keyword in {"exclusiveMinimum", "exclusiveMaximum"}:
                bound = given.get(keyword.replace("exclusiveM", "m"))  # as 3.0 has it
                if _is_number(bound):
                    written.pop(keyword.replace("exclusiveM", "m"), None)
                    written[keyword] = bound

    def _inside(self, given: JsonObject, written: JsonObject, depth: int, level: int) -> None:
        for keyword in _LISTS:
            branches = given.get(keyword)
            if isinstance(branches, list) and branches:
                written[keyword] = [self._schema(one, depth, level) for one in branches]
        for keyword in _SINGLE:
            inner = given.get(keyword)
            if isinstance(inner, dict):
                written[keyword] = self._schema(inner, depth, level)
            elif isinstance(inner, bool) and keyword == "additionalProperties":
                written[keyword] = inner
        self._members(given, written, depth, level)

    def _members(self, given: JsonObject, written: JsonObject, depth: int, level: int) -> None:
        members = given.get("properties")
        if not isinstance(members, dict):
            return
        settable = {name: one for name, one in members.items() if not _is_read_only(one)}
        written["properties"] = {
            name: self._schema(one, depth, level) for name, one in settable.items()
        }
        wanted = required_of(given)
        required: list[JsonValue] = [
            name for name in wanted if name in settable or name not in members
        ]
        if required:
            written["required"] = required


def required_of(schema: JsonObject) -> list[str]:
    """Return the names an object must have; nothing where the list is none."""
    given = schema.get("required")
    if not _is_texts(given) or not isinstance(given, list):
        return []
    return list(dict.fromkeys(one for one in given if isinstance(one, str)))


def _is_read_only(schema: JsonValue) -> bool:
    return isinstance(schema, dict) and schema.get("readOnly") is True


def _nullable(written: JsonObject) -> JsonObject:
    """Return what 3.0 means by ``nullable``."""
    kind, choices = written.get("type"), written.get("enum")
    if isinstance(choices, list) and None not in choices:
        written["enum"] = [*choices, None]
    if isinstance(kind, str):
        return {**written, "type": [kind, "null"]}
    if {"allOf", "anyOf", "oneOf"} & written.keys():
        return {"anyOf": [written, {"type": "null"}]}
    return written


def shape_of(document: Document, schema: JsonValue) -> str:
    """Return what a value is: ``scalar``, ``array`` or ``object``; scalar where nobody says."""
    pending: list[JsonValue] = [schema]
    shapes: list[str] = []
    while pending and len(shapes) < _SHAPES_LIMIT:
        one = document.resolved(pending.pop(0))
        shapes += _shapes_in(one, known=any(shapes))
        for keyword in ("allOf", "anyOf", "oneOf"):
            branches = one.get(keyword)
            pending += branches[:_SHAPES_LIMIT] if isinstance(branches, list) else []
        shapes.append("")
    told = [shape for shape in shapes if shape]
    return "scalar" if "scalar" in told or not told else told[0]


def _shapes_in(schema: JsonObject, *, known: bool) -> list[str]:
    given = schema.get("type")
    kinds = [one for one in (given if isinstance(given, list) else [given]) if one != "null"]
    told = [one for one in kinds if isinstance(one, str) and one in _TYPES]
    if told or known:
        return [one if one in {"array", "object"} else "scalar" for one in told]
    if "properties" in schema:
        return ["object"]
    return ["array"] if "items" in schema else []
