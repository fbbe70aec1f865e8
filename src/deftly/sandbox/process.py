"""The one way to start a process.

A child gets exactly what its ``Command`` names: the argument vector, the environment,
the folder, the user, the limits and three pipes. It leads a process group of its own, the group
is killed as a whole, and where the system can do it the child dies with its parent.
"""

import asyncio
import contextlib
import os
import signal
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from deftly.sandbox.command import MINIMAL_ENVIRONMENT, Command, Limits, User
from deftly.sandbox.starting import Pipes, attach, ending, fork

__all__ = ["MINIMAL_ENVIRONMENT", "ChildProcess", "Command", "Limits", "User", "start"]

_CLOSE_TIMEOUT_S: Final = 5.0
_CHUNK_BYTES: Final = 8192


class ChildProcess:
    """A running child; leave its ``async with`` block and its whole group is gone."""

    def __init__(self, process: subprocess.Popen[bytes], pipes: Pipes, command: Command) -> None:
        """Take a process that ``start`` made; call ``start``, not this."""
        self._process = process
        self._pipes = pipes
        self._ended = ending(process)
        self._stderr = bytearray()
        self._draining = asyncio.create_task(self._drain(command.kept_stderr_bytes))
        self._watches = command.watches
        self._group_killed = False

    async def __aenter__(self) -> Self:
        """Return the child itself."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it, however the block ended."""
        await self.close()

    @property
    def pid(self) -> int:
        """The child's process id, which is its group's id too."""
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit code, the negated signal that ended it, or None while it runs."""
        return self._process.returncode

    @property
    def stderr_tail(self) -> str:
        """The end of what it wrote to its error output so far."""
        return self._stderr.decode(errors="replace")

    async def write(self, data: bytes) -> None:
        """Write to its input, waiting until the pipe has taken it.

        Raises:
            BrokenPipeError, ConnectionResetError: It is gone, or has closed its input.
        """
        stdin = self._pipes.stdin
        if stdin.is_closing():
            raise BrokenPipeError("the child's input is closed")
        stdin.write(data)
        await stdin.drain()

    def end_input(self) -> None:
        """Close its input, which well-behaved children take as the end."""
        self._pipes.stdin.close()

    async def read_line(self) -> bytes:
        """Return the next line of its output, newline included; empty at the end.

        Raises:
            ValueError: The line is longer than ``line_bytes``.
        """
        return await self._pipes.stdout.readline()

    async def read(self, limit_bytes: int = _CHUNK_BYTES) -> bytes:
        """Return what its output holds next, at most ``limit_bytes``; empty at the end."""
        return await self._pipes.stdout.read(limit_bytes)

    async def wait(self) -> int:
        """Return its exit code once it has ended by itself."""
        return await asyncio.shield(self._ended)

    def kill(self) -> None:
        """Kill the child and everything it started that stayed in its group.

        One that watches over another process is left to collect that one, which is killed.
        """
        inner = _children_of(self.pid) if self._watches else []
        for pid in inner:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if not inner:
            self._kill_group()

    def _kill_group(self) -> None:
        if self._group_killed:
            return
        self._group_killed = True
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def _drop_input(self) -> None:
        transport = self._pipes.stdin.transport
        if not transport.is_closing() or transport.get_write_buffer_size():
            transport.abort()

    async def close(self) -> None:
        """Kill the group, collect the exit code and let go of the pipes."""
        self.kill()
        self._drop_input()
        # Output nobody reads any more would keep its pipe for good.
        self._pipes.output.close()
        if not await self._is_over():
            self._kill_group()
            await self._is_over()
        # A grandchild that left the group may still hold the pipe: do not wait for it.
        self._pipes.errors.close()
        self._draining.cancel()
        await asyncio.gather(self._draining, return_exceptions=True)

    async def _is_over(self) -> bool:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self.wait(), _CLOSE_TIMEOUT_S)
            return True
        return False

    async def _drain(self, kept_bytes: int) -> None:
        while chunk := await self._pipes.stderr.read(_CHUNK_BYTES):
            self._stderr += chunk
            del self._stderr[:-kept_bytes]


async def start(command: Command) -> ChildProcess:
    """Start the child with three pipes, in a session and process group of its own.

    Raises:
        OSError: The program is not there, may not be executed, or there is no room for it.
        ValueError: The program's path is not absolute: which one would run is then a guess.
    """
    program = command.argv[0]
    if not Path(program).is_absolute():
        raise ValueError(f"{program!r} is not an absolute path; name the program exactly")
    starting = asyncio.create_task(_started(command))
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        # Forked by a thread that nobody can call back: what comes of it is ended.
        with contextlib.suppress(OSError):
            await (await starting).close()
        raise


async def _started(command: Command) -> ChildProcess:
    process = await fork(command)
    try:
        pipes = await attach(process, command.line_bytes)
    except BaseException:
        process.kill()
        process.wait()
        raise
    return ChildProcess(process, pipes, command)


def _children_of(pid: int) -> list[int]:
    try:
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:  # it has ended, or the kernel does not tell
        return []
