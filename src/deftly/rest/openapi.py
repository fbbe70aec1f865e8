"""The OpenAPI document, made of the route table and the forms of bodies."""

from importlib.metadata import version
from typing import Any, Final

from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic.json_schema import models_json_schema

from deftly.domain.model import Model
from deftly.rest import shapes
from deftly.rest.route import Access, Body, Route
from deftly.rest.routes import ROUTES

_REFERENCE: Final = "#/components/schemas/{model}"
_DESCRIPTION: Final = (
    "Custom actions for AI agents. Every refusal has the form of Error. "
    "Times are ISO 8601 with milliseconds and Z."
)
_SECURITY: Final = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"},
    "session": {"type": "apiKey", "in": "cookie", "name": "deftly_session"},
}
_HEADERS: Final = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}}},
    429: {"Retry-After": {"schema": {"type": "string"}}},
}
_MEANINGS: Final = {
    304: "Nothing has changed",
    400: "The request is not of the form this takes",
    401: "Nobody known is calling",
    403: "The caller lacks a scope, or a page of another origin is calling",
    404: "There is no such thing",
    409: "It conflicts with what is stored",
    412: "If-Match names another version",
    413: "The body is over 1 MiB",
    421: "The Host header names another server",
    422: "The arguments do not fit, or this cannot be rendered",
    429: "A limit is reached; Retry-After says how long to wait",
    502: "The model's answer cannot be used",
    503: "No model is there, or the store cannot be read or written now",
}
_EMPTY: Final = 304
# The form of refusals FastAPI would give; ours have another one.
_OF_FASTAPI: Final = frozenset({"HTTPValidationError", "ValidationError"})

Document = dict[str, Any]


def describe() -> Document:
    """Return the document."""
    rows = [route for route in ROUTES if route.documented]
    document = get_openapi(
        title="Deftly",
        version=version("deftly"),
        description=_DESCRIPTION,
        routes=[APIRoute(row.path, row.endpoint, methods=[row.method]) for row in rows],
        separate_input_output_schemas=False,
    )
    models, schemas = models_json_schema(
        [(model, "validation") for model in _models(rows)], ref_template=_REFERENCE
    )
    del models
    for row in rows:
        _complete(document["paths"][row.path][row.method.lower()], row)
    components = document.setdefault("components", {})
    of_queries = {
        name: schema
        for name, schema in components.get("schemas", {}).items()
        if name not in _OF_FASTAPI
    }
    components["schemas"] = of_queries | schemas["$defs"]
    components["securitySchemes"] = _SECURITY
    return document


def _models(rows: list[Route]) -> list[type[Model]]:
    found: dict[type[Model], None] = {shapes.Error: None}
    for row in rows:
        found |= {one: None for one in (row.gives, row.takes) if isinstance(one, type)}
    return list(found)


def _complete(operation: Document, row: Route) -> None:
    """Say what FastAPI cannot see: bodies are read, and callers let in, by functions of ours."""
    operation["tags"] = [row.path.split("/")[2 if row.path.startswith("/api/") else 1]]
    operation["operationId"] = row.endpoint.__name__ if not row.raw else "call_tool"
    operation["summary"] = (row.endpoint.__doc__ or "").strip().splitlines()[0]
    operation.pop("description", None)
    operation["responses"] = {"200": _success(row)} | {
        str(status): _refused(status) for status in row.statuses
    }
    if row.scope is not Access.ANYONE:
        operation["security"] = [{name: []} for name in _SECURITY]
        operation["x-scope"] = row.scope.value
    if row.takes is not None:
        operation["requestBody"] = {
            "required": row.body is Body.REQUIRED,
            "content": {"application/json": {"schema": _ref(row.takes.__name__)}},
        }


def _success(row: Route) -> Document:
    if isinstance(row.gives, str):
        schema = {} if row.gives == "application/json" else {"type": "string"}
        return {"description": "Success", "content": {row.gives: {"schema": schema}}}
    schema = _ref(row.gives.__name__)
    return {"description": "Success", "content": {"application/json": {"schema": schema}}}


def _refused(status: int) -> Document:
    told: Document = {"description": _MEANINGS[status]}
    if status != _EMPTY:
        told["content"] = {"application/json": {"schema": _ref("Error")}}
    if status in _HEADERS:
        told["headers"] = _HEADERS[status]
    return told


def _ref(name: str) -> Document:
    return {"$ref": _REFERENCE.format(model=name)}
