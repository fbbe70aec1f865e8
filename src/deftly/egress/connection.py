"""One connection: a request goes out, its answer comes in, and nothing else is listened to."""

import asyncio
from typing import Final, cast

from httptools import HttpParserError, HttpParserUpgrade, HttpResponseParser

from deftly.errors import EgressFailed

MAX_HEAD_BYTES: Final = 65_536
MAX_HEADERS: Final = 128
MAX_LINE_BYTES: Final = 8_190
_INTERIM: Final = range(100, 200)
_SWITCHING_PROTOCOLS: Final = 101
# Whoever sends neither says with the end of the connection where the body ends.
_LENGTHS: Final = frozenset({b"content-length", b"transfer-encoding"})


class HttpConnection(asyncio.Protocol):
    """Speaks HTTP/1.1, one request after the other.

    Attributes:
        asked_times: How many requests were sent.
        status: Of the answer.
        headers: Of the answer, as received.
        is_whole: Whether the answer is there to its end.
    """

    def __init__(self) -> None:
        """Wait for the transport."""
        self._transport: asyncio.Transport | None = None
        self._parser = self._fresh_parser()
        self._bodiless = False
        self._has_head = False
        self._news: asyncio.Future[None] | None = None
        self._fault: EgressFailed | None = None
        self._chunks: list[bytes] = []
        self._keeps = True
        self._idle_bytes = 0
        self.asked_times = 0
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.is_whole = False

    def _fresh_parser(self) -> HttpResponseParser:
        parser = HttpResponseParser(self)
        # What servers get wrong and no two readers understand differently.
        parser.set_dangerous_leniencies(
            lenient_headers=True,
            lenient_optional_cr_before_lf=True,
            lenient_spaces_after_chunk_size=True,
        )
        return parser

    # -- for those who ask

    @property
    def is_usable(self) -> bool:
        """Whether another request may be sent: it is open, and all that was said was asked for."""
        transport = self._transport
        return (
            self._keeps
            and transport is not None
            and not transport.is_closing()
            and self.is_whole is (self.asked_times > 0)
        )

    @property
    def was_silent(self) -> bool:
        """Whether the connection ended before a byte of the answer came."""
        return self._transport is None and not self._has_head and not self._idle_bytes

    def ask(self, request: bytes, *, bodiless: bool) -> None:
        """Send a request; the answer to a ``bodiless`` one (HEAD) ends with its headers.

        Raises:
            EgressFailed: ``bad_response``: it is closed, or spoke without being asked.
        """
        if not self.is_usable or self._transport is None:
            raise EgressFailed("bad_response", "The server spoke or hung up before it was asked.")
        if self._bodiless:
            self._parser = self._fresh_parser()  # the old one waits for a body
        self._bodiless = bodiless
        self.asked_times += 1
        self._has_head = self.is_whole = False
        self._idle_bytes = 0
        self.headers, self._chunks = [], []
        self._transport.write(request)

    async def head(self) -> None:
        """Return when the headers are there.

        Raises:
            EgressFailed: ``bad_response``.
        """
        while not self._has_head:
            await self._more()

    async def chunk(self) -> bytes:
        """Return what has come of the body since, packed as it was sent; empty at its end.

        Raises:
            EgressFailed: ``bad_response``.
        """
        while not self._chunks:
            if self.is_whole:
                return b""
            await self._more()
        chunk = self._chunks[0] if len(self._chunks) == 1 else b"".join(self._chunks)
        self._chunks.clear()
        return chunk

    def close(self) -> None:
        """Say no more, and listen to nothing."""
        if self._transport is not None:
            self._transport.close()

    async def _more(self) -> None:
        if self._fault is not None:
            raise self._fault
        self._news = asyncio.get_running_loop().create_future()
        await self._news

    def _tell(self) -> None:
        if self._news is not None and not self._news.done():
            self._news.set_result(None)

    def _fail(self, message: str, internal: str = "") -> None:
        self._fault = self._fault or EgressFailed("bad_response", message, internal=internal)
        self._keeps = False

    # -- for the event loop

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Read on."""
        if not self.asked_times or self.is_whole:
            self._keeps = False
            self.close()
            return
        self._idle_bytes += len(data)
        try:
            self._parser.feed_data(data)
        except HttpParserUpgrade:
            self._fail("The server switched to another protocol.")
        except HttpParserError as fault:
            self._fail("The answer is not valid HTTP.", type(fault).__name__)
        if self._idle_bytes > MAX_HEAD_BYTES:
            self._fail("The headers of the answer are larger than 64 KiB.")
        self._tell()

    def connection_lost(self, exc: Exception | None) -> None:
        """End the answer that ends with the connection; for any other it is too early."""
        self._transport = None
        if self.asked_times and not self.is_whole and self._fault is None:
            if not self._has_head:
                self._fail("The server closed the connection without an answer.", _kind_of(exc))
            elif exc is None and _LENGTHS.isdisjoint(name.lower() for name, _ in self.headers):
                self.is_whole = True
            else:
                self._fail("The answer ends before its announced length.", _kind_of(exc))
        self._tell()

    # -- for the parser

    def on_message_begin(self) -> None:
        """Notice an answer behind the answer."""
        if self.is_whole:
            self._keeps = False

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header; those behind the body are nobody's."""
        if self._has_head:
            return
        if len(name) + len(value) > MAX_LINE_BYTES or len(self.headers) >= MAX_HEADERS:
            self._fail("The answer has too many headers, or one that is too long.")
            return
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Let the body come."""
        self.status = self._parser.get_status_code()
        interim = self.status in _INTERIM and self.status != _SWITCHING_PROTOCOLS
        if interim or self._fault is not None:
            return
        self._has_head = True
        self._idle_bytes = 0
        if self._bodiless:
            self.on_message_complete()

    def on_body(self, body: bytes) -> None:
        """Take a piece."""
        if self.is_whole:
            self._keeps = False
        else:
            self._chunks.append(body)
            self._idle_bytes = 0

    def on_message_complete(self) -> None:
        """End the answer; an interim one is not the answer yet."""
        if not self._has_head:
            self.headers.clear()
        elif not self.is_whole:
            self.is_whole = True
            self._keeps = self._keeps and self._parser.should_keep_alive()


def _kind_of(fault: Exception | None) -> str:
    """Return what the log is told: others' words may quote the request, secrets and all."""
    return type(fault).__name__ if fault else ""
