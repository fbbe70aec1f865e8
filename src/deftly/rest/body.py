"""Reading a request's body: one JSON object, of bounded size and depth.

``Content-Type`` is not looked at.
"""

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final, TypeAlias

from deftly.errors import BodyTooLarge, InvalidRequest, Problem
from deftly.values import JsonObject, NotJsonError, depth_of, parse_json

LIMIT_BYTES: Final = 1024 * 1024
LIMIT_DEPTH: Final = 64

Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
RawHeaders: TypeAlias = Iterable[tuple[bytes, bytes]]


async def read_object(
    headers: RawHeaders, receive: Receive, *, optional: bool = False
) -> JsonObject:
    """Return the body.

    Args:
        headers: Of the request; a declared length over the limit is refused unread.
        receive: The receiving half of the ASGI connection.
        optional: An empty body stands for an empty object.

    Raises:
        BodyTooLarge: It is over the limit.
        InvalidRequest: It is missing, malformed, too deep, or no object.
    """
    for name, value in headers:
        if name == b"content-length" and value.isdigit() and int(value) > LIMIT_BYTES:
            _refuse_size()
    raw = await _read(receive)
    if not raw.strip():
        if optional:
            return {}
        raise InvalidRequest("The body is empty; send a JSON object.")
    return _parse(raw)


async def _read(receive: Receive) -> bytes:
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        whole: bytes = message.get("body", b"")
        if len(whole) > LIMIT_BYTES:
            _refuse_size()
        return whole
    return await _read_parts(message, receive)


async def _read_parts(message: MutableMapping[str, Any], receive: Receive) -> bytes:
    parts = bytearray()
    while message["type"] == "http.request":
        parts += message.get("body", b"")
        if len(parts) > LIMIT_BYTES:
            _refuse_size()
        if not message.get("more_body"):
            return bytes(parts)
        message = await receive()
    raise InvalidRequest("The connection ended before the body did.")


def _refuse_size() -> None:
    raise BodyTooLarge("The body is over 1 MiB; send less.")


def _parse(raw: bytes) -> JsonObject:
    try:
        value = parse_json(raw)
    except NotJsonError as fault:
        raise InvalidRequest(f"The body is no JSON: {fault}.") from None
    # Fewer brackets than levels allowed cannot nest too deep: most bodies need no walk.
    if raw.count(b"[") + raw.count(b"{") > LIMIT_DEPTH and depth_of(value) > LIMIT_DEPTH:
        raise InvalidRequest(f"The body nests deeper than {LIMIT_DEPTH} levels; flatten it.")
    if not isinstance(value, dict):
        raise InvalidRequest("The body must be a JSON object: {…}.")
    return value


def only(given: JsonObject, *known: str) -> None:
    """Refuse members nobody knows.

    Raises:
        InvalidRequest: Lists every unknown member.
    """
    unknown = [name for name in given if name not in known]
    if unknown:
        expected = ", ".join(known) or "none"
        raise InvalidRequest(
            f"The body holds {', '.join(unknown)}, which is not known here; known: {expected}.",
            details=[Problem(name, f"{name} is not known here.") for name in unknown],
        )


def text(given: JsonObject, name: str) -> str:
    """Return a required member that is text and not blank.

    Raises:
        InvalidRequest: It is missing, of another type, or blank.
    """
    value = given.get(name)
    if isinstance(value, str) and value.strip():
        return value
    message = f"{name} is required and must be text."
    raise InvalidRequest(message, details=[Problem(name, message)])


def optional_text(given: JsonObject, name: str, *, most: int = 200) -> str | None:
    """Return a member that is text of at most ``most`` characters; none where it is null.

    Raises:
        InvalidRequest: It is of another type, blank, or too long.
    """
    if given.get(name) is None:
        return None
    value = text(given, name)
    if len(value) > most:
        message = f"{name} is over {most} characters; send a shorter one."
        raise InvalidRequest(message, details=[Problem(name, message)])
    return value


def texts(given: JsonObject, name: str) -> tuple[str, ...]:
    """Return a required member that is a list of texts.

    Raises:
        InvalidRequest: It is missing or something else.
    """
    value = given.get(name)
    if isinstance(value, list):
        found = [one for one in value if isinstance(one, str)]
        if len(found) == len(value):
            return tuple(found)
    message = f"{name} is required and must be a list of texts."
    raise InvalidRequest(message, details=[Problem(name, message)])
