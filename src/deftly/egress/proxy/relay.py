"""Carrying bytes between the program and the target, counted, within the limits."""

import asyncio
import re
from dataclasses import dataclass
from functools import partial
from typing import Final

from deftly.egress.proxy.pacing import Pace, Traffic
from deftly.egress.proxy.refusing import malformed

_PIECE_BYTES: Final = 65_536
_CHUNK_SIZE: Final = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[\t\x20-\x7e]*)?\r\n")
_LINE_END: Final = b"\r\n"
_MAX_TRAILERS: Final = 32


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two connections."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


class Relay:
    """Carries what two connections say to each other."""

    def __init__(self, program: Side, target: Side, traffic: Traffic, idle_s: float) -> None:
        """Carry nothing yet."""
        self.program = program
        self.target = target
        self._traffic = traffic
        self._pace = Pace(idle_s)

    # -- to the target

    async def send(self, data: bytes) -> None:
        """Send to the target."""
        self._traffic.sent_bytes += len(data)
        self._traffic.check()
        self.target.writer.write(data)
        await self._pace.wait(self.target.writer.drain)

    async def send_everything(self) -> None:
        """Carry what the program says until it says no more."""
        while data := await self._pace.wait(partial(self.program.reader.read, _PIECE_BYTES)):
            await self.send(data)
        _end(self.target.writer)

    async def send_length(self, length_bytes: int) -> None:
        """Carry exactly this much; what follows is for nobody.

        Raises:
            IncompleteReadError: The program ended before.
        """
        left = length_bytes
        while left:
            piece = min(left, _PIECE_BYTES)
            data = await self._pace.wait(partial(self.program.reader.read, piece))
            if not data:
                raise asyncio.IncompleteReadError(b"", left)
            left -= len(data)
            await self.send(data)

    async def send_chunks(self) -> None:
        """Carry a chunked body, written anew; extensions and trailers stay behind.

        Raises:
            IncompleteReadError: The program ended before.
            ProxyRefused: It is not one.
        """
        while size := await self._chunk_size():
            await self.send(f"{size:x}\r\n".encode())
            await self.send_length(size)
            if await self._pace.wait(partial(self.program.reader.readexactly, 2)) != _LINE_END:
                raise malformed("A chunk of the body does not end where it says.")
            await self.send(_LINE_END)
        for _ in range(_MAX_TRAILERS):
            if await self._line() == _LINE_END:
                await self.send(b"0\r\n\r\n")
                return
        raise malformed("The body has too many trailers.")

    async def _chunk_size(self) -> int:
        found = _CHUNK_SIZE.fullmatch(await self._line())
        if found is None:
            raise malformed("The size of a chunk is not a hexadecimal number.")
        return int(found[1], 16)

    async def _line(self) -> bytes:
        try:
            return await self._pace.wait(partial(self.program.reader.readuntil, _LINE_END))
        except asyncio.LimitOverrunError:
            raise malformed("A line in the body has no end.") from None

    # -- to the program

    async def receive_head(self) -> bytes:
        """Return the head of the target's answer, the blank line included.

        Raises:
            IncompleteReadError: The target ended before.
            LimitOverrunError: It has no end.
        """
        head = await self._pace.wait(partial(self.target.reader.readuntil, _LINE_END * 2))
        self._received(len(head))
        return head

    async def give(self, data: bytes) -> None:
        """Give the program something of the proxy's own, or counted before."""
        self.program.writer.write(data)
        await self._pace.wait(self.program.writer.drain)

    async def receive_everything(self) -> None:
        """Carry what the target says until it says no more."""
        while await self.receive_piece():
            pass
        _end(self.program.writer)

    async def receive_piece(self) -> bytes:
        """Carry what the target says next, and return it; empty at its end."""
        data = await self._pace.wait(partial(self.target.reader.read, _PIECE_BYTES))
        self._received(len(data))
        await self.give(data)
        return data

    def _received(self, count: int) -> None:
        self._traffic.received_bytes += count
        self._traffic.check()


def _end(writer: asyncio.StreamWriter) -> None:
    """Say no more; the other direction may go on."""
    if writer.can_write_eof() and not writer.is_closing():
        writer.write_eof()
