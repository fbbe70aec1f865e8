"""Each operation of a document becomes the draft of an HTTP action."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from time import monotonic
from typing import Final
from urllib.parse import quote

from deftly.catalog.porting.draft import Draft, Drafts, Refused
from deftly.catalog.porting.naming import fitting_name, short_text, unique_name
from deftly.catalog.porting.openapi.bodies import add_body
from deftly.catalog.porting.openapi.document import (
    Document,
    InexpressibleError,
    Operation,
    operations_of,
    read_document,
)
from deftly.catalog.porting.openapi.inputs import Request
from deftly.catalog.porting.openapi.parameters import add_parameters, add_undeclared
from deftly.catalog.porting.openapi.reading import take_apart
from deftly.catalog.porting.openapi.schemas import Detail, SchemaWriter, TooDetailedError
from deftly.catalog.porting.openapi.security import add_security
from deftly.catalog.porting.openapi.servers import base_url, has_variables
from deftly.domain.schema import compile_schema
from deftly.errors import InvalidDefinition, InvalidRequest
from deftly.values import JsonObject, JsonValue, NotJsonError, dump_json

SCHEMA_BUDGET_BYTES: Final = 16 * 1024
OPERATIONS_LIMIT: Final = 10_000
TIMEOUT_S: Final = 60.0
_HINTED: Final = 100
_DESCRIPTION_LIMIT: Final = 300
_PATH_NAME: Final = re.compile(r"\{([^{}]*)\}")
_NEVER: Final = 1_000
# Tried in order until the schema is small and sound enough.
_DETAILS: Final = (
    Detail(_NEVER, 64),
    Detail(_NEVER, 64, patterns=False),
    Detail(3, 16, patterns=False),
    Detail(2, 8, patterns=False),
    Detail(1, 6, patterns=False),
    Detail(1, 2, patterns=False),
    Detail(0, 4, patterns=False),
    Detail(0, 1, patterns=False),
    Detail(0, 0, patterns=False),
)


@dataclass(slots=True)
class _Api:
    document: Document
    base_url: str | None
    names: dict[str, int] = field(default_factory=dict)


def read_openapi(
    given: JsonValue,
    *,
    select: Sequence[str] | None = None,
    base: str | None = None,
) -> Drafts:
    """Return a draft for every operation that an action can carry out.

    Args:
        given: A document: JSON or YAML text, or an object, which is used up.
        select: Operation ids, or methods with paths (``GET /orders/{id}``); all by default.
        base: The API's address, where the document does not say it or says another.

    Raises:
        InvalidRequest: It is no document of version 3, or nothing in it was selected.
    """
    document = read_document(given)
    try:
        return _Reading(_Api(document, base), select).drafts()
    finally:
        take_apart(document.root)


class _Reading:
    """One pass over a document's operations."""

    def __init__(self, api: _Api, select: Sequence[str] | None) -> None:
        self._api = api
        self._wanted = None if select is None else dict.fromkeys(select, False)
        self._known: list[str] = []
        self._deadline_s = monotonic() + TIMEOUT_S

    def drafts(self) -> Drafts:
        drafts: list[Draft] = []
        refused: list[Refused] = []
        for one in operations_of(self._api.document):
            if not self._is_wanted(one):
                continue
            self._refuse_excess(len(drafts) + len(refused))
            if not isinstance(one, Operation):
                refused.append(Refused.because(*one))
                continue
            try:
                drafts.append(_draft(self._api, one))
            except InexpressibleError as fault:
                refused.append(Refused.because(one.label, str(fault)))
        missed = [name for name, hit in (self._wanted or {}).items() if not hit]
        refused += [_unknown(name, self._known[:_HINTED]) for name in missed[:_HINTED]]
        refused += [_unknown(name, ()) for name in missed[_HINTED:]]
        if not drafts and not refused:
            raise InvalidRequest("The document has no operations, so there is nothing to import.")
        return Drafts(tuple(drafts), tuple(refused))

    def _refuse_excess(self, made: int) -> None:
        if made >= OPERATIONS_LIMIT:
            raise InvalidRequest(
                f"The document has over {OPERATIONS_LIMIT} operations; select those you need."
            )
        if monotonic() > self._deadline_s:
            raise InvalidRequest(
                f"{made} operations took {TIMEOUT_S:.0f} seconds; select those you need."
            )

    def _is_wanted(self, one: Operation | tuple[str, str]) -> bool:
        names = (one.operation_id, one.place) if isinstance(one, Operation) else one[:1]
        self._known += [name for name in names if name]
        if self._wanted is None:
            return True
        hits = [name for name in names if name in self._wanted]
        self._wanted.update(dict.fromkeys(hits, True))
        return bool(hits)


def _unknown(name: str, known: Sequence[str]) -> Refused:
    near = get_close_matches(name[:200], known, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return Refused.because(name, f"There is no operation {name[:80]} in the document.{hint}")


def _draft(api: _Api, operation: Operation) -> Draft:
    request = Request(api.document)
    address = base_url(api.document, operation, api.base_url)
    api_name = re.sub(r"^https?://(?:www\.)?|[/:].*$", "", address, flags=re.IGNORECASE)
    add_parameters(request, operation, api_name)
    url = _url(request, address, operation)
    add_body(request, operation)
    add_security(request, operation, api_name)
    request.finish_cookies()
    query = "&".join(request.query)
    joint = "&" if "?" in url else "?"
    schema = _schema(request)
    if not api.base_url and has_variables(api.document, operation):
        request.warn("handler.url", "The address is made of the defaults of its variables.")
    name = unique_name(fitting_name(operation.operation_id or operation.place), api.names)
    definition: JsonObject = {
        "name": name,
        "description": _description(operation),
        "inputSchema": schema,
        "handler": _handler(request, operation, f"{url}{joint}{query}" if query else url),
        "executionMode": "auto" if operation.method in {"get", "head"} else "confirm",
    }
    return Draft(definition, operation.label, tuple(request.warnings))


def _handler(request: Request, operation: Operation, url: str) -> JsonObject:
    handler: JsonObject = {"type": "http", "method": operation.method.upper(), "url": url}
    if request.headers:
        handler["headers"] = dict(request.headers)
    if request.body is not None:
        handler["body"] = request.body
    if request.omits:
        handler["omitMissing"] = True
    return handler


def _url(request: Request, address: str, operation: Operation) -> str:
    """Return the address with the path's own names as placeholders."""
    path, hash_mark, _ = operation.path.partition("#")
    if hash_mark:
        request.warn("handler.url", f"What follows # in {operation.path[:80]} is never sent.")
    pieces: list[str] = []
    end = 0
    for match in _PATH_NAME.finditer(path):
        pieces.append(quote(path[end : match.start()], safe="/%:@!$&'()*+,;=-._~?[]"))
        name = match[1].lstrip("+").rstrip("*")
        pieces.append(request.path_names.get(match[1]) or add_undeclared(request, name))
        end = match.end()
    pieces.append(quote(path[end:], safe="/%:@!$&'()*+,;=-._~?[]"))
    return address + "".join(pieces)


def _description(operation: Operation) -> str:
    node = operation.node
    summary = short_text(node.get("summary") or operation.item.get("summary"), 200)
    more = short_text(node.get("description"), _DESCRIPTION_LIMIT)
    if summary and more and summary.rstrip(".").lower() not in more.lower():
        return short_text(f"{summary.rstrip('.')}. {more}", _DESCRIPTION_LIMIT)
    return more or summary or f"{operation.place}."


def _schema(request: Request) -> JsonObject:
    """Return the inputs, in as much detail as an action can have."""
    said = "Its inputs cannot be described in a schema that is small and sound enough."
    for detail in _DETAILS:
        writer = SchemaWriter(request.document, detail)
        try:
            schema = writer.write(request.members, request.required)
            if len(dump_json(schema)) > SCHEMA_BUDGET_BYTES:
                continue
            compile_schema(schema, path="inputSchema")
        except (TooDetailedError, InvalidDefinition, NotJsonError):
            continue
        if writer.cut:
            sentence = "Inner parts of the inputs are left undescribed, to keep the schema small."
            request.warn("inputSchema", sentence)
        return schema
    raise InexpressibleError(said)
