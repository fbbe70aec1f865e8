"""Request bodies: JSON, forms and texts."""

from typing import Final

from deftly.catalog.porting.openapi.document import InexpressibleError, Operation
from deftly.catalog.porting.openapi.inputs import Request, as_object
from deftly.catalog.porting.openapi.schemas import required_of, shape_of
from deftly.values import JsonObject, JsonValue

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
_SPREAD_LIMIT: Final = 20


def add_body(request: Request, operation: Operation) -> None:
    """Declare the body of an operation.

    Raises:
        InexpressibleError: It needs one that no template can express.
    """
    described = request.document.resolved(operation.node.get("requestBody"))
    content = as_object(described.get("content"))
    if not content:
        return
    if operation.method in {"get", "head"}:
        request.warn("handler.body", f"{operation.method.upper()} sends no body; it is left out.")
        return
    media = _chosen(list(content))
    if media is None:
        if described.get("required") is True:
            raise InexpressibleError(
                f"Its body is {', '.join(content)[:120]}; actions send JSON, forms and texts."
            )
        request.warn("handler.body", f"The optional body ({', '.join(content)[:80]}) is left out.")
        return
    schema = request.document.resolved(content[media]).get("schema", {})
    text = described.get("description")
    if media.partition(";")[0].strip().lower() == FORM:
        _add_form(request, schema)
        request.headers["Content-Type"] = FORM
        return
    if _is_json(media):
        _add_json(request, schema, described, text)
    else:
        given = request.add("body", {"type": "string"}, required=True, description=text)
        request.body = f"{{{{{given}}}}}"
    written = JSON if "*" in media else media
    if request.body is not None and written != JSON:
        request.headers["Content-Type"] = written


def _chosen(medias: list[str]) -> str | None:
    """Return the media type an action can send best."""
    for fits in (
        lambda media: media.partition(";")[0] == JSON,
        _is_json,
        lambda media: media.startswith(FORM),
        lambda media: media.startswith("text/") or "xml" in media or media == "*/*",
    ):
        for media in medias:
            if fits(media.strip().lower()):
                return media
    return None


def _is_json(media: str) -> bool:
    essence = media.partition(";")[0].strip().lower()
    return essence.endswith(("/json", "+json")) or essence in {"*/*", "application/*"}


def _add_json(
    request: Request, schema: JsonValue, described: JsonObject, description: JsonValue
) -> None:
    """Declare one parameter for each member where all are required, else one for the whole."""
    members = _spreadable(request, schema)
    if members:
        spread: JsonObject = {}
        for name, one in members.items():
            given = request.add(name, one, required=True, prefix="body")
            spread[name] = f"{{{{{given}}}}}"
        request.body = spread
        return
    given = request.add("body", schema, required=True, description=description, prefix="request")
    request.body = f"{{{{{given}}}}}"
    if described.get("required") is not True:
        request.warn("parameters", f"The body is optional in the document; {given} is required.")


def _spreadable(request: Request, schema: JsonValue) -> JsonObject:
    """Return the members of an object that always has exactly these."""
    resolved = request.document.resolved(schema)
    members = {
        name: one
        for name, one in as_object(resolved.get("properties")).items()
        if as_object(one).get("readOnly") is not True
    }
    open_ended = resolved.get("additionalProperties") not in (None, False)
    combined = {"allOf", "anyOf", "oneOf", "nullable"} & resolved.keys()
    if open_ended or combined or not 0 < len(members) <= _SPREAD_LIMIT:
        return {}
    if any("{{" in name or "}}" in name for name in members):
        return {}
    return members if set(required_of(resolved)) >= members.keys() else {}


def _add_form(request: Request, schema: JsonValue) -> None:
    resolved = request.document.resolved(schema)
    members = as_object(resolved.get("properties"))
    wanted = required_of(resolved)
    fields: JsonObject = {}
    for name, one in members.items():
        required = name in wanted
        if shape_of(request.document, one) != "scalar" or "{{" in name:
            if required:
                raise InexpressibleError(f"The form's field {name} is no single value.")
            request.warn("handler.body", f"{name} is left out: a form's field is a single value.")
            continue
        given = request.add(name, one, required=required, prefix="form")
        fields[name] = f"{{{{{given}}}}}"
        request.omits = request.omits or not required
    request.body = fields or None
