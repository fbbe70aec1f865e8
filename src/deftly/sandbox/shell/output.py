"""What a command writes: the head of both streams is kept, the rest is read and forgotten."""

import asyncio
import codecs
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from deftly.sandbox.pipe import Pipe

KEPT_BYTES: Final = 64 * 1024
READ_BYTES: Final = 16 * 1024 * 1024
# Whoever still holds a pipe then is being killed already.
_END_LIMIT_S: Final = 2.0
_DECODER: Final = codecs.getincrementaldecoder("utf-8")


class Head(asyncio.Protocol):
    """The first bytes of a stream."""

    def __init__(self, count: Callable[[int], None]) -> None:
        """Start empty; how much comes is told to ``count``."""
        self._count = count
        self._kept = bytearray()
        self.is_cut = False
        self.ended = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        """Keep what there is room for."""
        room = KEPT_BYTES - len(self._kept)
        self._kept += data[:room]
        self.is_cut = self.is_cut or len(data) > room
        self._count(len(data))

    def connection_lost(self, exc: Exception | None) -> None:
        """Notice the end."""
        del exc
        self.ended.set()

    @property
    def text(self) -> str:
        """As UTF-8, without the half character a cut may leave; other bytes are replaced."""
        return _DECODER("replace").decode(bytes(self._kept), final=not self.is_cut)


class Output:
    """Both streams of one command, until they end or are too much."""

    def __init__(self, end: Callable[[], None]) -> None:
        """Take what ends the command when it writes too much."""
        self._end = end
        self._read_bytes = 0
        self.stdout = Head(self._count)
        self.stderr = Head(self._count)

    @property
    def is_flood(self) -> bool:
        """Whether it wrote more than is read."""
        return self._read_bytes > READ_BYTES

    @asynccontextmanager
    async def read(self, stdout: Pipe, stderr: Pipe) -> AsyncIterator[None]:
        """Read beside the block, and to the end of both streams after it."""
        transports = [
            (await stdout.read_by(lambda: self.stdout))[0],
            (await stderr.read_by(lambda: self.stderr))[0],
        ]
        try:
            yield
            async with asyncio.timeout(_END_LIMIT_S):
                await asyncio.gather(self.stdout.ended.wait(), self.stderr.ended.wait())
        except TimeoutError:
            return
        finally:
            for transport in transports:
                transport.close()

    def _count(self, size: int) -> None:
        self._read_bytes += size
        if self.is_flood:
            self._end()
