"""Path, query, header and cookie parameters: what a template can say of their styles."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from deftly.catalog.porting.credentials import secret_name
from deftly.catalog.porting.openapi.document import Document, InexpressibleError, Operation
from deftly.catalog.porting.openapi.inputs import Request, as_object
from deftly.catalog.porting.openapi.schemas import required_of, shape_of
from deftly.domain.credential import carries_credential
from deftly.values import JsonObject, JsonValue

# Said by other parts of a document (OpenAPI 3.1, section 4.8.12.2).
_SAID_ELSEWHERE: Final = frozenset({"accept", "content-type", "authorization"})
_NAME_SAFE: Final = "[]!$'()*,;:@/-._~"


def add_parameters(request: Request, operation: Operation, api_name: str) -> None:
    """Declare every parameter of an operation that a template can express.

    Raises:
        InexpressibleError: One that is required cannot be.
    """
    for one in _parameters(request.document, operation):
        name, place = one.get("name"), one.get("in")
        if not isinstance(name, str) or not name:
            continue
        required = one.get("required") is True
        try:
            match place:
                case "path":
                    _add_path(request, one, name)
                case "query":
                    _add_query(request, one, name, required=required)
                case "header":
                    _add_header(request, one, name, api_name)
                case "cookie":
                    _add_cookie(request, one, name, required=required)
                case _:
                    raise InexpressibleError(f"in: {place} is no place of OpenAPI 3.")  # noqa: TRY301
        except InexpressibleError as fault:
            if required:
                raise InexpressibleError(f"The parameter {name}: {fault}") from None
            request.warn("parameters", f"{name} is left out. {fault}")


def _parameters(document: Document, operation: Operation) -> Iterator[JsonObject]:
    """Yield the parameters; the operation's own stand for the path's of the same name."""
    found: dict[tuple[str, str], JsonObject] = {}
    for holder in (operation.item, operation.node):
        for one in document.listed(holder.get("parameters")):
            found[str(one.get("in")), str(one.get("name"))] = one
    yield from found.values()


def _schema(document: Document, one: JsonObject) -> tuple[JsonValue, bool]:
    """Return a parameter's schema, and whether its value is sent as JSON."""
    content = as_object(one.get("content"))
    if content and "schema" not in one:
        media, described = next(iter(content.items()))
        if "json" in media.lower():
            return document.resolved(described).get("schema", {}), True
        return document.resolved(described).get("schema", {}), False
    return one.get("schema", {}), False


def _add_path(request: Request, one: JsonObject, name: str) -> None:
    schema, _ = _schema(request.document, one)
    if shape_of(request.document, schema) != "scalar":
        schema = {"type": "string"}
        request.warn("parameters", f"{name} is a list or object; it is taken as the text to send.")
    start = {"label": ".", "matrix": f";{quote(name)}="}.get(str(one.get("style")), "")
    given = request.add(name, schema, required=True, description=one.get("description"))
    request.path_names[name] = f"{start}{{{{{given}}}}}"


def add_undeclared(request: Request, name: str) -> str:
    """Declare what a path names in braces and nobody describes."""
    given = request.add(name, {"type": "string"}, required=True)
    request.warn("parameters", f"{name} is in the path and not described; it is taken as a text.")
    request.path_names[name] = f"{{{{{given}}}}}"
    return request.path_names[name]


def _add_query(request: Request, one: JsonObject, name: str, *, required: bool) -> None:
    schema, as_json = _schema(request.document, one)
    description = one.get("description")
    spelled = quote(name, safe=_NAME_SAFE)
    shape = "scalar" if as_json else shape_of(request.document, schema)
    style = str(one.get("style", "form"))
    match shape:
        case "object":
            _add_members(request, one, name, schema)
            return
        case "array" if style == "form" and one.get("explode") is not False:
            schema = request.document.resolved(schema).get("items", {})
            if shape_of(request.document, schema) != "scalar":
                raise InexpressibleError("Lists of lists or objects cannot stand in a query.")
            request.warn("parameters", f"{name} is a list; one value of it can be sent.")
        case "array":
            joint = {"spaceDelimited": "blanks", "pipeDelimited": "|"}.get(style, "commas")
            schema = {"type": "string"}
            description = f"{description or ''} Several values are joined with {joint}.".strip()
        case _:
            pass
    given = request.add(name, schema, required=required, description=description)
    request.query.append(f"{spelled}={{{{{given}{'|json' if as_json else ''}}}}}")
    request.omits = request.omits or not required


def _add_members(request: Request, one: JsonObject, name: str, schema: JsonValue) -> None:
    """Declare each member of an object that is spread over the query."""
    resolved = request.document.resolved(schema)
    deep = one.get("style") == "deepObject"
    if not deep and one.get("explode") is False:
        raise InexpressibleError("An object in one query value cannot be written as a template.")
    members = as_object(resolved.get("properties"))
    if not members:
        raise InexpressibleError("Its members are not described, so no template can name them.")
    wanted = required_of(resolved) if one.get("required") is True else []
    for member, described in members.items():
        if shape_of(request.document, described) != "scalar":
            if member in wanted:
                raise InexpressibleError(f"Its member {member} is no single value.")
            request.warn("parameters", f"{name}.{member} is left out: it is no single value.")
            continue
        spelled = f"{name}[{member}]" if deep else member
        given = request.add(spelled, described, required=member in wanted)
        request.query.append(f"{quote(spelled, safe=_NAME_SAFE)}={{{{{given}}}}}")
        request.omits = request.omits or member not in wanted


def _add_header(request: Request, one: JsonObject, name: str, api_name: str) -> None:
    if carries_credential(name, "x"):
        # A credential is nothing a model gathers, wherever a document has put it.
        request.set_header(name, f"{{{{secrets.{secret_name(api_name, name)}}}}}")
        return
    if name.lower() in _SAID_ELSEWHERE:
        return
    schema, as_json = _schema(request.document, one)
    if not as_json and shape_of(request.document, schema) != "scalar":
        schema = {"type": "string"}
    required = one.get("required") is True
    request.set_header(name, "")  # refused before a parameter is declared for it
    given = request.add(name, schema, required=required, description=one.get("description"))
    request.headers[name] = f"{{{{{given}{'|json' if as_json else ''}}}}}"
    request.omits = request.omits or not required


def _add_cookie(request: Request, one: JsonObject, name: str, *, required: bool) -> None:
    if not required:
        raise InexpressibleError("An optional cookie cannot be left out of its header.")
    schema, _ = _schema(request.document, one)
    given = request.add(name, schema, required=True, description=one.get("description"))
    request.cookies.append(f"{quote(name, safe='')}={{{{{given}|url}}}}")
