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
    headers: RawHeaders,
    receive: Receive,
    *,
    optional: bool = False,
    limit_bytes: int = LIMIT_BYTES,
) -> JsonObject:
    """Return the body.

    Args:
        headers: Of the request; a declared length over the limit is refused unread.
        receive: The receiving half of the ASGI connection.
        optional: An empty body stands for an empty object.
        limit_bytes: How large it may be.

    Raises:
        BodyTooLarge: It is over the limit.
        InvalidRequest: It is missing, malformed, too deep, or no object.
    """
    raw = await read_bytes(headers, receive, limit_bytes=limit_bytes)
    if not raw.strip():
        if optional:
            return {}
        raise InvalidRequest("The body is empty; send a JSON object.")
    return _parse(raw)


async def read_bytes(
    headers: RawHeaders, receive: Receive, *, limit_bytes: int = LIMIT_BYTES
) -> bytes:
    """Return the body as it was sent.

    Raises:
        BodyTooLarge: It is over the limit.
        InvalidRequest: The connection ended early.
    """
    for name, value in headers:
        if name == b"content-length" and value.isdigit() and int(value) > limit_bytes:
            _refuse_size(limit_bytes)
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        whole: bytes = message.get("body", b"")
        if len(whole) > limit_bytes:
            _refuse_size(limit_bytes)
        return whole
    return await _read_parts(message, receive, limit_bytes)


async def _read_parts(
    message: MutableMapping[str, Any], receive: Receive, limit_bytes: int
) -> bytes:
    parts = bytearray()
    while message["type"] == "http.request":
        parts += message.get("body", b"")
        if len(parts) > limit_bytes:
            _refuse_size(limit_bytes)
        if not message.get("more_body"):
            return bytes(parts)
        message = await receive()
    raise InvalidRequest("The connection ended before the body did.")


def _refuse_size(limit_bytes: int) -> None:
    whole_mib = limit_bytes // LIMIT_BYTES
    shown = f"{whole_mib} MiB" if whole_mib else f"{limit_bytes // 1024} KiB"
    raise BodyTooLarge(f"The body is over {shown}; send less.")


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
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        message = f"{name} must be text that is not blank; leave it out where there is none."
        raise InvalidRequest(message, details=[Problem(name, message)])
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
