"""The subschemas of a schema: where they stand, which values they look at, where ``$ref`` leads.

Reads anything without failing: what is no JSON Schema is left to the metaschema to refuse.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, NamedTuple, TypeAlias
from urllib.parse import unquote

from deftly.values import JsonObject, JsonValue

Location: TypeAlias = tuple[str | int, ...]


class Reach(Enum):
    """Which value a subschema looks at, seen from the schema around it."""

    SAME = auto()
    MEMBER = auto()
    ANY_MEMBER = auto()
    ELEMENT = auto()
    ANY_ELEMENT = auto()
    NONE = auto()


class Shape(Enum):
    """How a keyword holds its subschemas."""

    ONE = auto()
    LIST = auto()
    MAP = auto()


# JSON Schema 2020-12, core sections 8 and 10, and the older name of $defs.
KEYWORDS: Final[Mapping[str, tuple[Shape, Reach]]] = {
    "allOf": (Shape.LIST, Reach.SAME),
    "anyOf": (Shape.LIST, Reach.SAME),
    "oneOf": (Shape.LIST, Reach.SAME),
    "not": (Shape.ONE, Reach.SAME),
    "if": (Shape.ONE, Reach.SAME),
    "then": (Shape.ONE, Reach.SAME),
    "else": (Shape.ONE, Reach.SAME),
    "dependentSchemas": (Shape.MAP, Reach.SAME),
    "properties": (Shape.MAP, Reach.MEMBER),
    "patternProperties": (Shape.MAP, Reach.ANY_MEMBER),
    "additionalProperties": (Shape.ONE, Reach.ANY_MEMBER),
    "unevaluatedProperties": (Shape.ONE, Reach.ANY_MEMBER),
    "propertyNames": (Shape.ONE, Reach.ANY_MEMBER),
    "prefixItems": (Shape.LIST, Reach.ELEMENT),
    "items": (Shape.ONE, Reach.ANY_ELEMENT),
    "contains": (Shape.ONE, Reach.ANY_ELEMENT),
    "unevaluatedItems": (Shape.ONE, Reach.ANY_ELEMENT),
    "contentSchema": (Shape.ONE, Reach.NONE),
    "$defs": (Shape.MAP, Reach.NONE),
    "definitions": (Shape.MAP, Reach.NONE),
}
# In one document without further $id a dynamic reference leads where a plain one does.
REFERENCES: Final = ("$ref", "$dynamicRef")
_ANCHORS: Final = ("$anchor", "$dynamicAnchor")
_CERTAIN: Final = frozenset({"allOf"})
_NOT_DECLARING: Final = frozenset({"not", "if"})


class Child(NamedTuple):
    """A subschema directly below another: under which keyword, name or index, and what it sees."""

    keyword: str
    key: str | int | None
    schema: JsonObject
    reach: Reach

    @property
    def steps(self) -> Location:
        """The steps from the schema around it."""
        return (self.keyword,) if self.key is None else (self.keyword, self.key)


def children(schema: JsonObject) -> Iterator[Child]:
    """Yield the subschemas directly below; those that are ``true`` or ``false`` are left out."""
    for keyword, value in schema.items():
        shape, reach = KEYWORDS.get(keyword, (None, Reach.NONE))
        for key, one in _held(shape, value):
            if isinstance(one, dict):
                yield Child(keyword, key, one, reach)


def _held(shape: Shape | None, value: JsonValue) -> Iterator[tuple[str | int | None, JsonValue]]:
    match shape, value:
        case Shape.ONE, _:
            yield None, value
        case Shape.LIST, list():
            yield from enumerate(value)
        case Shape.MAP, dict():
            yield from value.items()
        case _:
            pass


@dataclass(frozen=True, slots=True)
class SchemaTree:
    """All subschemas of a document.

    Attributes:
        root: The document.
        places: Where each subschema stands, by identity.
        anchors: Subschemas by the name they give themselves.
    """

    root: JsonObject
    places: Mapping[int, Location]
    anchors: Mapping[str, JsonObject]

    def subschemas(self) -> Iterator[tuple[Location, JsonObject]]:
        """Yield every subschema with its place, the root first."""
        pending: list[tuple[Location, JsonObject]] = [((), self.root)]
        seen: set[int] = set()
        while pending:
            place, schema = pending.pop()
            if id(schema) in seen:
                continue
            seen.add(id(schema))
            yield place, schema
            pending += [((*place, *child.steps), child.schema) for child in children(schema)]

    def target(self, reference: str) -> JsonValue:
        """Return the schema a reference inside the document leads to; None if there is none.

        That schema is a subschema of the document, or true or false.
        """
        if reference[:1] != "#":
            return None
        fragment = unquote(reference[1:])
        if fragment and not fragment.startswith("/"):
            return self.anchors.get(fragment)
        found = _at_pointer(self.root, fragment)
        known = isinstance(found, bool) or id(found) in self.places
        return found if known else None


def _at_pointer(document: JsonValue, pointer: str) -> JsonValue:
    """Return the value a JSON pointer names (RFC 6901), or None."""
    value = document
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and name.isdecimal() and len(name) < len("10000"):
            value = value[int(name)] if int(name) < len(value) else None
        else:
            return None
    return value


def grow_tree(root: JsonObject) -> SchemaTree:
    """Return the tree of a document."""
    places: dict[int, Location] = {}
    anchors: dict[str, JsonObject] = {}
    for place, schema in SchemaTree(root, {}, {}).subschemas():
        places[id(schema)] = place
        for keyword in _ANCHORS:
            name = schema.get(keyword)
            if isinstance(name, str):
                anchors.setdefault(name, schema)
    return SchemaTree(root, places, anchors)


class SameValue(NamedTuple):
    """A schema that looks at the same value; ``certain`` if every valid value fits it."""

    schema: JsonObject
    certain: bool


def same_value(start: JsonObject, tree: SchemaTree) -> Iterator[SameValue]:
    """Yield the schema and those it reaches in place, but for conditions, each once."""
    pending = [SameValue(start, certain=True)]
    seen: set[int] = set()
    while pending:
        one = pending.pop(0)
        if id(one.schema) in seen:
            continue
        seen.add(id(one.schema))
        yield one
        reached = [SameValue(target, one.certain) for target in references(one.schema, tree)]
        reached += [
            SameValue(child.schema, one.certain and child.keyword in _CERTAIN)
            for child in children(one.schema)
            if child.reach is Reach.SAME and child.keyword not in _NOT_DECLARING
        ]
        pending = [*reached, *pending]


def references(schema: JsonObject, tree: SchemaTree) -> Iterator[JsonObject]:
    """Yield the schemas its references lead to."""
    for keyword in REFERENCES:
        reference = schema.get(keyword)
        target = tree.target(reference) if isinstance(reference, str) else None
        if isinstance(target, dict):
            yield target
