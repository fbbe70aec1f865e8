"""Our end of a pipe, on the loop: its descriptor is closed once.

A transport of uvloop closes the descriptor and then the file object as well, and counts on the
second being refused. Between the two another thread may have opened a file, which has the
number then and would be closed instead.
"""

import asyncio
import os
from asyncio import BaseProtocol, ReadTransport, WriteTransport
from collections.abc import Callable
from typing import IO, TypeVar

_Protocol = TypeVar("_Protocol", bound=BaseProtocol)


class Pipe:
    """Owns a descriptor until a transport does; what a loop takes for a file."""

    def __init__(self, descriptor: int) -> None:
        """Own it from now on."""
        self._descriptor = descriptor
        self._is_ours = True

    @classmethod
    def of(cls, file: IO[bytes]) -> "Pipe":
        """Take over from a file object, which is closed."""
        with file:
            return cls(os.dup(file.fileno()))

    def fileno(self) -> int:
        """Return the descriptor."""
        return self._descriptor

    def close(self) -> None:
        """Close it, unless that is a transport's to do or it is closed."""
        if self._is_ours:
            self._is_ours = False
            os.close(self._descriptor)

    async def read_by(self, protocol: Callable[[], _Protocol]) -> tuple[ReadTransport, _Protocol]:
        """Let a protocol read it, until the transport is closed."""
        return await self._lent().connect_read_pipe(protocol, self)

    async def written_by(
        self, protocol: Callable[[], _Protocol]
    ) -> tuple[WriteTransport, _Protocol]:
        """Let a protocol write to it, until the transport is closed."""
        return await self._lent().connect_write_pipe(protocol, self)

    def _lent(self) -> asyncio.AbstractEventLoop:
        loop = asyncio.get_running_loop()
        # The standard library's transports leave closing to the file object.
        self._is_ours = isinstance(loop, asyncio.BaseEventLoop)
        return loop
