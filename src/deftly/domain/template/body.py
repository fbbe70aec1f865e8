"""Body templates: which encoding a body has, and its type when the author gave none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum, auto
from typing import Final, Protocol, cast

from deftly.domain.template.form import compile_form
from deftly.domain.template.json_body import (
    NotJsonTemplateError,
    Tree,
    compile_json,
    compile_json_text,
)
from deftly.domain.template.json_lines import compile_json_lines
from deftly.domain.template.placeholder import Placeholder, refuse
from deftly.domain.template.scope import RenderScope, within
from deftly.domain.template.text import compile_text
from deftly.domain.template.xml import compile_xml
from deftly.values import JsonValue

BODY_LIMIT_BYTES: Final = 4 * 1024 * 1024
JSON_TYPE: Final = "application/json"
TEXT_TYPE: Final = "text/plain; charset=utf-8"

_CHARSET: Final = re.compile(r';\s*charset\s*=\s*"?([^\s;"]+)', re.IGNORECASE)
_UTF_8: Final = frozenset({"utf-8", "utf8", "us-ascii"})
# A byte order mark in front is no reason to take values into JSON as they are.
_SURELY_JSON: Final = re.compile(r'[\s\ufeff]*(\{\s*["}]|\[\s*[\[{"])')


class Encoding(StrEnum):
    """How values are encoded in a body."""

    JSON = auto()
    JSON_LINES = auto()
    FORM = auto()
    XML = auto()
    MULTIPART = auto()
    TEXT = auto()


_BY_SUBTYPE: Final = {
    "x-www-form-urlencoded": Encoding.FORM,
    "json": Encoding.JSON,
    "x-ndjson": Encoding.JSON_LINES,
    "ndjson": Encoding.JSON_LINES,
    "jsonl": Encoding.JSON_LINES,
    "jsonlines": Encoding.JSON_LINES,
    "xml": Encoding.XML,
    "html": Encoding.XML,
}


class Content(Protocol):
    """A compiled body of one encoding."""

    @property
    def placeholders(self) -> tuple[Placeholder, ...]:
        """Its placeholders, in the order they stand."""
        ...

    def chunks(self, scope: RenderScope) -> Iterator[bytes]:
        """Yield the rendered body."""
        ...


@dataclass(frozen=True, slots=True)
class BodyTemplate:
    """A compiled body.

    Attributes:
        content_type: What to send as ``Content-Type``; None when there is no body.
        placeholders: In the order they stand.
    """

    content_type: str | None
    placeholders: tuple[Placeholder, ...]
    _content: Content | None = field(default=None, repr=False)

    def render(self, scope: RenderScope) -> bytes:
        """Return the body, empty when there is none.

        Raises:
            InvalidArguments: A value that cannot stand where it should, or over 4 MiB in all.
        """
        if self._content is None:
            return b""
        return within(self._content.chunks(scope), BODY_LIMIT_BYTES, "The body")


def compile_body(
    body: JsonValue, content_type: str | None, *, path: str, omit_missing: bool = False
) -> BodyTemplate:
    """Return the compiled body; None and the empty text are no body.

    Anything but a text is JSON, or an object of fields when the type is a form's. A text is
    what its type says. Without a type it is JSON if it parses with its placeholders as values,
    else plain text; under a type of text or XML an object or array that parses is JSON too.

    Raises:
        InvalidDefinition: The body does not parse as what its type says, or holds a placeholder
            where none may stand.
    """
    content_type = content_type or None
    if body is None or body == "":
        return BodyTemplate(content_type, ())
    declared = _declared(content_type, path)
    if declared is Encoding.FORM:
        form = compile_form(body, path=path, omit_missing=omit_missing)
        return BodyTemplate(content_type, form.placeholders, form)
    content, default_type = _compile(body, declared, path)
    return BodyTemplate(content_type or default_type, content.placeholders, content)


def _declared(content_type: str | None, path: str) -> Encoding | None:
    """Return the encoding a type asks for."""
    if content_type is None:
        return None
    charset = _CHARSET.search(content_type)
    if charset and charset[1].lower() not in _UTF_8:
        refuse(path, f"bodies are sent as UTF-8; remove charset={charset[1]} from Content-Type.")
    essence = content_type.partition(";")[0].strip().lower()
    main, _, sub = essence.partition("/")
    if main == "multipart":
        return Encoding.MULTIPART
    return _BY_SUBTYPE.get(sub.rpartition("+")[2], Encoding.TEXT)


def _compile(body: JsonValue, declared: Encoding | None, path: str) -> tuple[Content, str]:
    """Return the content and the type it has by default."""
    if declared is Encoding.JSON_LINES:
        return _json_lines(body, path), ""
    if not isinstance(body, str):
        if declared is Encoding.MULTIPART:
            refuse(path, "multipart is written as text, part by part; send JSON or a form instead.")
        return _json_tree(body, path), JSON_TYPE
    return _undeclared(body, path) if declared is None else (_text_as(declared, body, path), "")


def _text_as(declared: Encoding, body: str, path: str) -> Content:
    match declared:
        case Encoding.JSON:
            return _json_text(body, path, "Content-Type says JSON, but the body is not")
        case Encoding.MULTIPART:
            return _multipart(body, path)
        case Encoding.XML:
            return _json_if_structured(body, path) or compile_xml(body, path=path)
        case _:
            return _json_if_structured(body, path) or compile_text(body, path=path)


def _multipart(body: str, path: str) -> Content:
    content = compile_text(body, path=path)
    for placeholder in content.placeholders:
        refuse(path, f"{placeholder} could end its part; send JSON or a form instead.")
    return content


def _json_tree(body: JsonValue, path: str) -> Content:
    try:
        return compile_json(cast("Tree", body), path=path)
    except NotJsonTemplateError as fault:
        refuse(path, f"the body is not JSON: {fault}.")


def _json_text(body: str, path: str, sentence: str) -> Content:
    try:
        return compile_json_text(body, path=path)
    except NotJsonTemplateError as fault:
        refuse(path, f"{sentence}: {fault}.")


def _json_lines(body: JsonValue, path: str) -> Content:
    try:
        return compile_json_lines(body, path=path)
    except NotJsonTemplateError as fault:
        refuse(path, f"Content-Type says one JSON value a line, but the body is not: {fault}.")


def _undeclared(body: str, path: str) -> tuple[Content, str]:
    if _SURELY_JSON.match(body):
        wish = "the body starts as JSON and is not (for plain text say so in Content-Type)"
        return _json_text(body, path, wish), JSON_TYPE
    try:
        return compile_json_text(body, path=path), JSON_TYPE
    except NotJsonTemplateError:
        return compile_text(body, path=path), TEXT_TYPE


def _json_if_structured(body: str, path: str) -> Content | None:
    """Return the body as JSON if it is an object or array; a bare value stays text."""
    if not body.lstrip().startswith(("{", "[")) or body.lstrip().startswith("{{"):
        return None
    try:
        return compile_json_text(body, path=path)
    except NotJsonTemplateError:
        return None
