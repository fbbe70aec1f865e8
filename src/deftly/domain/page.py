"""What a host page tells of itself, for ``{{page.*}}``; anybody could make it up."""

import re
from typing import Final

from pydantic import JsonValue

from deftly.errors import InvalidRequest, Problem
from deftly.values import JsonObject

URL_LIMIT: Final = 2_000
TITLE_LIMIT: Final = 300
VALUES_MAX: Final = 20
TEXT_LIMIT: Final = 500
_NAME: Final = re.compile(r"(?!__)[A-Za-z0-9_-]{1,40}")
_OWN: Final = frozenset({"url", "title"})


def page_of(given: JsonValue, origin: str) -> JsonObject:
    """Return the page's values by name: ``url``, ``title`` and those its owner chose.

    An address of another origin is left out, as is what stands behind ``#``; what is too long is
    cut.

    Raises:
        InvalidRequest: It has another form; names the field.
    """
    if not isinstance(given, dict) or given.keys() - {*_OWN, "values"}:
        raise _invalid("page", "must be an object of url, title and values")
    url, title = _text(given, "url"), _text(given, "title")
    values = given.get("values")
    page = _values({} if values is None else values)
    if url == origin or url.startswith((f"{origin}/", f"{origin}?", f"{origin}#")):
        page["url"] = url.partition("#")[0][:URL_LIMIT]
    if title:
        page["title"] = title[:TITLE_LIMIT]
    return page


def _text(given: JsonObject, name: str) -> str:
    value = given.get(name)
    if value is None or isinstance(value, str):
        return value or ""
    raise _invalid(f"page.{name}", "must be text")


def _values(given: JsonValue) -> JsonObject:
    if not isinstance(given, dict) or len(given) > VALUES_MAX:
        raise _invalid("page.values", f"must be an object of at most {VALUES_MAX} values")
    for name, value in given.items():
        if not _NAME.fullmatch(name) or name in _OWN:
            message = "must have names of letters, digits, _ and -, other than url and title"
            raise _invalid("page.values", message)
        if isinstance(value, dict | list) or (isinstance(value, str) and len(value) > TEXT_LIMIT):
            message = f"must be text up to {TEXT_LIMIT} characters, a number, true, false or null"
            raise _invalid(f"page.values.{name}", message)
    return {**given}


def _invalid(path: str, fault: str) -> InvalidRequest:
    message = f"{path} {fault}."
    return InvalidRequest(message, details=[Problem(path, message)])
