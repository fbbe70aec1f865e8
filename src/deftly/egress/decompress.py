"""Unpacking answers under a hard cap: no input, however small, yields more than the limit."""

import zlib
from collections.abc import Sequence
from typing import Final, Protocol

from deftly.errors import EgressFailed, ResponseTooLarge

ACCEPTED: Final = "gzip, deflate"

_GZIP: Final = 16 + zlib.MAX_WBITS
_RAW_DEFLATE: Final = -zlib.MAX_WBITS
_ZLIB_METHOD: Final = 8
_MAX_MEMBERS: Final = 64  # of one gzip stream; real ones have one


class Decoder(Protocol):
    """Turns chunks as received into the body."""

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk.

        Raises:
            ResponseTooLarge: The body is over the limit.
            EgressFailed: ``bad_response``: the data is damaged.
        """
        ...

    def finish(self) -> bytes:
        """Return the body.

        Raises:
            EgressFailed: ``bad_response``: the data ends too early.
        """
        ...


def decoder_for(encodings: Sequence[str], limit_bytes: int) -> Decoder:
    """Return the decoder for the values of all ``Content-Encoding`` headers.

    Raises:
        EgressFailed: ``bad_response``: an encoding that was not asked for, or several.
    """
    names = [part.strip().lower() for value in encodings for part in value.split(",")]
    match [name for name in names if name not in {"", "identity"}]:
        case []:
            return _Plain(limit_bytes)
        case ["gzip" | "x-gzip"]:
            return _Packed(limit_bytes, gzip=True)
        case ["deflate"]:
            return _Packed(limit_bytes, gzip=False)
        case _:
            raise EgressFailed(
                "bad_response",
                f"The answer is packed in a way that was not asked for (only {ACCEPTED} are).",
            )


def too_large(limit_bytes: int) -> ResponseTooLarge:
    """Return the error for a body over the limit."""
    return ResponseTooLarge(f"The answer is larger than {limit_bytes} bytes.")


class _Plain:
    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._chunks: list[bytes] = []
        self._size = 0

    def feed(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > self._limit_bytes:
            raise too_large(self._limit_bytes)
        self._chunks.append(chunk)

    def finish(self) -> bytes:
        return self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)


class _Packed:
    def __init__(self, limit_bytes: int, *, gzip: bool) -> None:
        self._body = _Plain(limit_bytes)
        self._room_bytes = limit_bytes
        self._gzip = gzip
        self._stream: zlib._Decompress | None = None
        self._members = 0

    def feed(self, chunk: bytes) -> None:
        while chunk:
            stream = self._stream_for(chunk)
            try:
                # One byte over the limit tells "exactly full" from "too large".
                unpacked = stream.decompress(chunk, self._room_bytes + 1)
            except zlib.error as fault:
                raise _damaged("is damaged", str(fault)) from fault
            self._body.feed(unpacked)
            self._room_bytes -= len(unpacked)
            chunk = stream.unused_data if stream.eof else stream.unconsumed_tail

    def finish(self) -> bytes:
        if self._stream is not None and not self._stream.eof:
            raise _damaged("ends too early")
        return self._body.finish()

    def _stream_for(self, chunk: bytes) -> "zlib._Decompress":
        if self._stream is not None and not self._stream.eof:
            return self._stream
        self._members += 1
        # RFC 1952 lets members follow one another; deflate ends once.
        if self._members > (_MAX_MEMBERS if self._gzip else 1):
            raise _damaged("goes on behind its end")
        self._stream = zlib.decompressobj(_GZIP if self._gzip else _deflate_bits(chunk[0]))
        return self._stream


def _deflate_bits(first: int) -> int:
    """Tell zlib's wrapping (RFC 9110 section 8.4.1.2) from the bare stream some servers send."""
    return zlib.MAX_WBITS if first & 0x0F == _ZLIB_METHOD else _RAW_DEFLATE


def _damaged(how: str, internal: str = "") -> EgressFailed:
    return EgressFailed("bad_response", f"The packed answer {how}.", internal=internal)
