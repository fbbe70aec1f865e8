"""Reading one answer: bounded headers, bounded body."""

from typing import Final

from deftly.egress.connection import MAX_HEAD_BYTES, HttpConnection
from deftly.egress.decompress import decoder_for, too_large
from deftly.egress.message import Headers, values_of
from deftly.errors import EgressFailed

# An answer may be a little larger packed than unpacked, but not endless packed nothing.
_PACKING_BYTES: Final = 65_536
_SWITCHING_PROTOCOLS: Final = 101


def read_headers(connection: HttpConnection) -> Headers:
    """Return the headers as text.

    Raises:
        EgressFailed: ``bad_response``: over 64 KiB, or no answer to a plain request.
    """
    # Two bytes for the colon and the blank, two for the end of the line.
    size = 0
    for name, value in connection.headers:
        size += len(name) + len(value) + 4
    if size > MAX_HEAD_BYTES:
        raise EgressFailed("bad_response", "The headers of the answer are larger than 64 KiB.")
    if connection.status == _SWITCHING_PROTOCOLS:
        raise EgressFailed("bad_response", "The server switched to another protocol.")
    return tuple(
        [
            (name.decode("latin-1"), value.strip(b" \t").decode("utf-8", "replace"))
            for name, value in connection.headers
        ]
    )


async def read_body(
    connection: HttpConnection, headers: Headers, limit_bytes: int
) -> tuple[bytes, int]:
    """Return the unpacked body, and how many bytes came over the wire.

    Raises:
        ResponseTooLarge: It is over the limit.
        EgressFailed: ``bad_response``: it is damaged, ends early, or is packed unasked.
    """
    for length in values_of(headers, "content-length"):
        if length.isdecimal() and int(length) > limit_bytes + _PACKING_BYTES:
            raise too_large(limit_bytes)
    chunk = await connection.chunk()
    if not chunk:
        return b"", 0
    decoder = decoder_for(values_of(headers, "content-encoding"), limit_bytes)
    received = 0
    while chunk:
        received += len(chunk)
        if received > limit_bytes + _PACKING_BYTES:
            raise too_large(limit_bytes)
        decoder.feed(chunk)
        chunk = await connection.chunk()
    return decoder.finish(), received
