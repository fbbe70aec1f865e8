"""An OpenAPI document: its version, its references, and where it says things are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple
from urllib.parse import unquote

from deftly.catalog.porting.openapi.reading import read_text
from deftly.errors import InvalidRequest
from deftly.values import JsonObject, JsonValue

METHODS: Final = ("get", "put", "post", "delete", "patch", "head")
_NO_ACTION: Final = ("options", "trace", "query")
_CHAIN_LIMIT: Final = 30


class InexpressibleError(ValueError):
    """An operation that no action can carry out; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of version 3.

    Attributes:
        is_30: Its schemas are those of 3.0, not JSON Schema 2020-12.
    """

    root: JsonObject
    is_30: bool

    def target(self, reference: str) -> JsonValue:
        """Return what a reference leads to.

        Raises:
            InexpressibleError: Another document, or nothing there.
        """
        if not reference.startswith("#"):
            raise InexpressibleError(
                f"{reference[:120]} is in another document, and nothing is fetched; bundle the "
                "documents into one first (for example with: npx @redocly/cli bundle)."
            )
        value: JsonValue = self.root
        for step in reference.lstrip("#").split("/")[1:]:
            name = unquote(step).replace("~1", "/").replace("~0", "~")
            if isinstance(value, list) and name.isdecimal() and int(name) < len(value):
                value = value[int(name)]
            elif isinstance(value, dict) and name in value:
                value = value[name]
            else:
                raise InexpressibleError(f"{reference[:120]} leads to nothing in the document.")
        return value

    def resolved(self, value: JsonValue) -> JsonObject:
        """Return an object with the references in its place followed; what is none is empty.

        Raises:
            InexpressibleError: As `target`, or the references go round in a circle.
        """
        for _ in range(_CHAIN_LIMIT):
            if not isinstance(value, dict):
                return {}
            reference = value.get("$ref")
            if not isinstance(reference, str):
                return value
            value = self.target(reference)
        raise InexpressibleError("Its references go round in a circle.")

    def listed(self, value: JsonValue) -> list[JsonObject]:
        """Return the objects of a list, references followed."""
        found = [self.resolved(one) for one in value] if isinstance(value, list) else []
        return [one for one in found if one]


class Operation(NamedTuple):
    """A method on a path.

    Attributes:
        item: The path's own object: parameters and servers of all its methods.
    """

    method: str
    path: str
    item: JsonObject
    node: JsonObject

    @property
    def operation_id(self) -> str:
        """Its id, empty where it has none."""
        given = self.node.get("operationId")
        return given.strip() if isinstance(given, str) else ""

    @property
    def place(self) -> str:
        """Method and path: ``GET /orders/{id}``."""
        return f"{self.method.upper()} {self.path}"

    @property
    def label(self) -> str:
        """How it is named in answers."""
        return self.operation_id or self.place


def read_document(given: JsonValue) -> Document:
    """Return the document of a JSON or YAML text, or of an object.

    Raises:
        InvalidRequest: It is no OpenAPI document of version 3.
    """
    root = read_text(given) if isinstance(given, str) else given
    if not isinstance(root, dict):
        raise InvalidRequest("openapi must be an OpenAPI document: JSON, YAML or an object.")
    version = root.get("openapi")
    if "swagger" in root and version is None:
        raise InvalidRequest(
            f"The document is Swagger {root['swagger']}; convert it to OpenAPI 3 first: "
            "npx swagger2openapi FILE -o openapi.json, or Edit > Convert in Swagger Editor."
        )
    if not str(version).startswith("3."):
        raise InvalidRequest(
            "The document has no version of OpenAPI that is read here: it needs `openapi: 3.0.3` "
            "or `openapi: 3.1.0` at its top."
        )
    if not isinstance(root.get("paths"), dict):
        raise InvalidRequest("The document has no paths, so there is nothing to make actions of.")
    return Document(root, is_30=str(version).startswith("3.0"))


def operations_of(document: Document) -> Iterator[Operation | tuple[str, str]]:
    """Yield every operation; for what is none, where it stands and why."""
    paths = document.root.get("paths")
    for path, given in paths.items() if isinstance(paths, dict) else ():
        if not path.startswith("/"):
            if not path.startswith("x-"):
                yield path, "A path has to start with a slash."
            continue
        try:
            item = document.resolved(given)
        except InexpressibleError as fault:
            yield path, str(fault)
            continue
        for method, node in item.items():
            if method in METHODS and isinstance(node, dict):
                yield Operation(method, path, item, node)
            elif method in METHODS:
                yield f"{method.upper()} {path}", "The operation is no object."
            elif method in _NO_ACTION:
                yield f"{method.upper()} {path}", f"Actions have no method {method.upper()}."
