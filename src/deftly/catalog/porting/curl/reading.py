"""A cURL command becomes the draft of an HTTP action."""

import re
from typing import Final

from deftly.catalog.porting.credentials import Taken, secret_name
from deftly.catalog.porting.curl.command import split_command
from deftly.catalog.porting.curl.request import FORM, JSON, CurlRequest, read_request
from deftly.catalog.porting.curl.words import refuse
from deftly.catalog.porting.draft import Draft
from deftly.catalog.porting.naming import name_of_request
from deftly.domain.handler import BODILESS
from deftly.domain.template.placeholder import PLACEHOLDER
from deftly.errors import Problem
from deftly.values import JsonObject, JsonValue, NotJsonError, depth_of, dump_json, parse_json

COMMAND_LIMIT: Final = 256 * 1024
_DEPTH_LIMIT: Final = 64
_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


def read_curl(command: str, *, name: str | None = None) -> Draft:
    """Return the draft of the request that the command makes.

    Literal values stay literal; a shell's variable becomes a parameter, or a secret where a
    credential belongs.

    Args:
        command: As it is typed into a shell.
        name: What the action is called; by default its method and path.

    Raises:
        InvalidRequest: It is no curl command, or asks for what no action can do.
    """
    if len(command) > COMMAND_LIMIT:
        refuse(f"the command is over {COMMAND_LIMIT} characters; shorten its data.")
    words = split_command(command)
    request = read_request(words)
    name = name or name_of_request(request.method, request.url)
    taken = Taken(name, words.variables)
    handler = _handler(request, taken)
    spoken = request.url.partition("?")[0]
    definition: JsonObject = {
        "name": name,
        "description": f"Send {request.method} {spoken}.",
        "parameters": _parameters(handler, words.variables),
        "handler": handler,
        "executionMode": "auto" if request.method in BODILESS else "confirm",
    }
    notes = [Problem("handler", one) for one in request.warnings]
    notes += _told(handler, words.variables, taken)
    return Draft(definition, "curl", tuple(notes), taken.values)


def _handler(request: CurlRequest, taken: Taken) -> JsonObject:
    headers: JsonObject = {}
    for name, text in request.headers.items():
        if name == "Authorization" and text == "Basic ":
            headers[name] = f"Basic {{{{secrets.{secret_name(taken.prefix, name)}}}}}"
        else:
            headers[name] = taken.header(name, text)
    body, default_type = _body(request, taken)
    handler: JsonObject = {"type": "http", "method": request.method}
    handler["url"] = taken.url(request.url)
    if default_type and request.header("content-type") is None:
        headers["Content-Type"] = default_type
    if headers:
        handler["headers"] = headers
    if body is not None:
        handler["body"] = body
    if request.timeout_s is not None:
        handler["timeoutS"] = request.timeout_s
    return handler


def _body(request: CurlRequest, taken: Taken) -> tuple[JsonValue, str]:
    """Return the body, and the type it needs where the command names none."""
    text = request.body
    if not text:
        return None, ""
    declared = request.header("content-type")
    kind = (declared or request.default_type).partition(";")[0].strip().lower()
    tree = _structured(text)
    if declared is None and kind == FORM and _is_json(text, tree):
        request.warnings.append(
            "The body is JSON and is sent as application/json, while curl would call it a form."
        )
        kind = JSON
    if kind == FORM:
        spelled = _CONTROL.sub(lambda one: f"%{ord(one[0]):02X}", _STRAY_PERCENT.sub("%25", text))
        return taken.pairs(spelled), FORM
    if tree is not None and (kind == JSON or kind.endswith("+json")):
        return taken.json(tree), kind
    return text, kind


def _structured(text: str) -> JsonObject | list[JsonValue] | None:
    """Return the text as a JSON object or array, if it is one and all of it can be kept."""
    try:
        value = parse_json(text)
    except NotJsonError:
        return None
    if not isinstance(value, dict | list) or depth_of(value) > _DEPTH_LIMIT:
        return None
    return value if len(_strings(text)) == len(_strings(dump_json(value).decode())) else None


def _strings(text: str) -> list[str]:
    """Return all strings, to see whether a member was there twice."""
    return re.findall(r'"(?:[^"\\]|\\.)*"', text)


def _is_json(text: str, tree: JsonValue) -> bool:
    """Tell whether it is JSON, placeholders taken for values."""
    if tree is not None:
        return True
    filled = PLACEHOLDER.sub("0", text).strip()
    return filled.startswith(("{", "[")) and _structured(filled) is not None


def _parameters(handler: JsonObject, variables: dict[str, str]) -> list[JsonValue]:
    texts = "\n".join(_texts_in(handler))
    found: dict[str, None] = {}
    for match in PLACEHOLDER.finditer(texts):
        root = match["path"].partition(".")[0]
        if root not in {"secrets", "user", "page", "deftly"}:
            found[root] = None
    return [_parameter(name, variables.get(name)) for name in found]


def _parameter(name: str, variable: str | None) -> JsonObject:
    parameter: JsonObject = {"name": name, "type": "string", "required": True}
    if variable:
        parameter["description"] = f"What the command calls ${variable}"
    return parameter


def _texts_in(value: JsonValue) -> list[str]:
    match value:
        case str():
            return [value]
        case dict():
            return [text for key, one in value.items() for text in (key, *_texts_in(one))]
        case list():
            return [text for one in value for text in _texts_in(one)]
        case _:
            return []


def _told(handler: JsonObject, variables: dict[str, str], taken: Taken) -> list[Problem]:
    texts = "\n".join(_texts_in(handler))
    notes = [
        Problem("parameters", f"${variable} of the shell is the parameter {name} now.")
        for name, variable in variables.items()
        if f"{{{{{name}}}}}" in texts
    ]
    notes += [
        Problem("handler", f"A credential was taken out and stands as {{{{secrets.{name}}}}}.")
        for name in taken.values
    ]
    path = str(handler.get("url")).partition("?")[0]
    if any(taken.is_credential("", part) for part in path.split("/")):
        notes.append(
            Problem("handler.url", "The path seems to hold a credential, which cannot be a secret.")
        )
    return notes
