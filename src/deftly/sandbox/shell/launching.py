"""A run that is ready: its namespaces are made, its listener is here, no command runs yet."""

import asyncio
import os
import signal
import socket
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from typing import Final

from deftly.errors import HandlerUnavailable
from deftly.sandbox.pipe import Pipe
from deftly.sandbox.shell.launcher import HANDED_OVER, LENGTH

READY_LIMIT_S: Final = 10.0
_END_LIMIT_S: Final = 2.0
_MESSAGE_BYTES: Final = 4096
_ENDED: Final = "ended "


@dataclass(frozen=True, slots=True)
class Launched:
    """A process that waits for one command; its owner closes it, and then all of it is gone.

    Attributes:
        listener: Where what runs in its network namespace can connect to.
        stdout: What the command will write.
        stderr: The same, for its error output.
        control: What the launcher speaks through; closed from there when it has ended.
    """

    pid: int
    listener: socket.socket
    stdout: Pipe
    stderr: Pipe
    control: socket.socket
    holding: AsyncExitStack

    async def carry_out(self, argv: Sequence[str], environment: Mapping[str, str]) -> int:
        """Have it start the command, in this environment and no other; return the exit code.

        Nothing of the command is left then.

        Raises:
            HandlerUnavailable: It could not.
            ValueError: A word or a value holds a NUL byte, which ends words for the system.
        """
        order = _order(argv, environment)
        with suppress(ConnectionError):  # it has ended, and what it said is read below
            await asyncio.get_running_loop().sock_sendall(self.control, order)
        told = (await self._last_words()).splitlines()
        refusals = [line for line in told if not line.startswith(_ENDED)]
        if refusals or not told:
            raise unavailable(refusals[0] if refusals else "its launcher was killed")
        return int(told[-1].removeprefix(_ENDED))

    def end(self) -> None:
        """Have the command killed, and all that it started."""
        with suppress(OSError):  # it has ended already
            self.control.shutdown(socket.SHUT_WR)

    async def aclose(self) -> None:
        """End it, and let go of pipes and sockets."""
        self.end()
        try:
            async with asyncio.timeout(_END_LIMIT_S):
                await self._last_words()
        except TimeoutError:
            # It holds the other end of the socket, so the number is still its own.
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        finally:
            await self.holding.aclose()

    async def _last_words(self) -> str:
        """Return what it says, up to its end."""
        loop, told = asyncio.get_running_loop(), bytearray()
        with suppress(ConnectionError):
            while piece := await loop.sock_recv(self.control, _MESSAGE_BYTES):
                told += piece
        return told.decode(errors="replace")


def _order(argv: Sequence[str], environment: Mapping[str, str]) -> bytes:
    pairs = [f"{name}={value}" for name, value in environment.items()]
    fields = [field.encode() for field in (str(len(argv)), *argv, *pairs)]
    if any(b"\0" in field for field in fields):
        raise ValueError("a word or a value for a command holds a NUL byte")
    order = b"\0".join(fields)
    return LENGTH.pack(len(order)) + order


async def handed_over(control: socket.socket) -> Launched | str:
    """Return the run at the other end once it is ready, or what it says instead.

    Raises:
        HandlerUnavailable: It says nothing for too long.
    """
    try:
        async with asyncio.timeout(READY_LIMIT_S):
            await _readable(control)
    except TimeoutError:
        raise unavailable(f"its launcher was not ready after {READY_LIMIT_S:g} seconds") from None
    message, descriptors, _, _ = socket.recv_fds(control, _MESSAGE_BYTES, HANDED_OVER)
    for number in descriptors:
        os.set_inheritable(number, False)  # noqa: FBT003 - takes no name
    if len(descriptors) != HANDED_OVER:
        return message.decode(errors="replace").strip()
    holding = AsyncExitStack()
    listener = socket.socket(fileno=descriptors[0])
    stdout, stderr = map(Pipe, descriptors[1:])
    for one in (control, listener, stdout, stderr):
        holding.callback(one.close)
    return Launched(int(message), listener, stdout, stderr, control, holding)


async def _readable(control: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(control, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(control)


def unavailable(why: str) -> HandlerUnavailable:
    """Return the error of a sandbox that does not start, in one sentence."""
    return HandlerUnavailable(f"The shell sandbox could not start: {why}.")
