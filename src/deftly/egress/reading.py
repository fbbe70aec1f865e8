"""Reading one answer: bounded headers, bounded body, and aiohttp's faults in our words."""

from typing import Final

import aiohttp
from aiohttp.http import HttpProcessingError

from deftly.egress.decompress import decoder_for, too_large
from deftly.errors import EgressFailed, RunError

MAX_HEADERS_BYTES: Final = 65_536
# An answer may be a little larger packed than unpacked, but not endless packed nothing.
_PACKING_BYTES: Final = 65_536
_SWITCHING_PROTOCOLS: Final = 101


def read_headers(answer: aiohttp.ClientResponse) -> tuple[tuple[str, str], ...]:
    """Return the headers as text.

    Raises:
        EgressFailed: ``bad_response``: over 64 KiB, or no answer to a plain request.
    """
    # Two bytes for the colon and the blank, two for the end of the line.
    size = 0
    for name, value in answer.raw_headers:
        size += len(name) + len(value) + 4
    if size > MAX_HEADERS_BYTES:
        raise EgressFailed("bad_response", "The headers of the answer are larger than 64 KiB.")
    if answer.status == _SWITCHING_PROTOCOLS:
        raise EgressFailed("bad_response", "The server switched to another protocol.")
    return tuple(
        [
            (name, value if value.isascii() else _as_text(value))
            for name, value in answer.headers.items()
        ]
    )


async def read_body(answer: aiohttp.ClientResponse, limit_bytes: int) -> tuple[bytes, int]:
    """Return the unpacked body, and how many bytes came over the wire.

    Raises:
        ResponseTooLarge: It is over the limit.
        EgressFailed: ``bad_response``: it is damaged, ends early, or is packed unasked.
    """
    if answer.method == "HEAD":
        return b"", 0
    if (answer.content_length or 0) > limit_bytes + _PACKING_BYTES:
        raise too_large(limit_bytes)
    chunk = await answer.content.readany()
    if not chunk:
        return b"", 0
    decoder = decoder_for(answer.headers.getall("Content-Encoding", ()), limit_bytes)
    received = 0
    while chunk:
        received += len(chunk)
        if received > limit_bytes + _PACKING_BYTES:
            raise too_large(limit_bytes)
        decoder.feed(chunk)
        chunk = await answer.content.readany()
    return decoder.finish(), received


def in_our_words(fault: aiohttp.ClientError | HttpProcessingError) -> RunError:
    """Return the run's error for a fault of the exchange after the connection stood."""
    match fault:
        case aiohttp.ServerDisconnectedError():
            message = "The server closed the connection without an answer."
        case aiohttp.ClientOSError():
            message = "The connection broke before the answer was complete."
        case aiohttp.ClientPayloadError():
            message = "The answer ends before its announced length."
        case _:
            message = "The answer is not valid HTTP, or one of its headers is too long."
    return EgressFailed("bad_response", message, internal=_kind_of(fault))


def _kind_of(fault: BaseException) -> str:
    """Return what the log is told: aiohttp's own words quote the request, secrets and all."""
    cause = fault.__cause__ or fault.__context__
    name = type(fault).__name__
    return f"{name} of {type(cause).__name__}" if cause else name


def _as_text(value: str) -> str:
    """Return a header value without the lone surrogates that stand for bytes outside UTF-8."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
