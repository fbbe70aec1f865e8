"""The one way to start a process.

A child gets exactly what its ``Command`` names: the argument vector, the environment,
the folder, the limits and three pipes. It leads a process group of its own, the group is
killed as a whole, and where the system can do it the child dies with its parent.
"""

import asyncio
import contextlib
import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

MINIMAL_ENVIRONMENT: Final[Mapping[str, str]] = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/nonexistent",
}

_PR_SET_PDEATHSIG: Final = 1
_CLOSE_TIMEOUT_S: Final = 5.0
_CHUNK_BYTES: Final = 8192
# Looked up before any fork: a child that has not called exec yet must not take locks.
_LIBC: Final = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use at most; None leaves the system's own limit.

    Attributes:
        data_bytes: Heap and private writable memory (``RLIMIT_DATA``).
        cpu_s: Processor time; the kernel kills the child when it is used up.
        file_bytes: Size of a file it may write; pipes do not count.
        open_files: Number of descriptors.
        processes: Processes and threads of the child's user, those of others included.
    """

    data_bytes: int | None = None
    cpu_s: int | None = None
    file_bytes: int | None = None
    open_files: int | None = None
    processes: int | None = None

    def rows(self) -> tuple[tuple[int, int], ...]:
        """Return the limits as ``setrlimit`` takes them; core dumps are always off."""
        asked = (
            (resource.RLIMIT_DATA, self.data_bytes),
            (resource.RLIMIT_CPU, self.cpu_s),
            (resource.RLIMIT_FSIZE, self.file_bytes),
            (resource.RLIMIT_NOFILE, self.open_files),
            (resource.RLIMIT_NPROC, self.processes),
            (resource.RLIMIT_CORE, 0),
        )
        return tuple((what, value) for what, value in asked if value is not None)


@dataclass(frozen=True, slots=True)
class Command:
    """What to start.

    Attributes:
        argv: The program's absolute path and its arguments; no shell is involved.
        environment: The whole environment; nothing of ours is added.
        line_bytes: The longest line ``read_line`` takes from its output.
        kept_stderr_bytes: How much of the end of its error output is kept for the log.
    """

    argv: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=lambda: MINIMAL_ENVIRONMENT)
    cwd: Path = Path("/")
    limits: Limits = Limits()
    line_bytes: int = 1 << 20
    kept_stderr_bytes: int = 1 << 16


class ChildProcess:
    """A running child; leave its ``async with`` block and its whole group is gone."""

    def __init__(self, process: asyncio.subprocess.Process, kept_stderr_bytes: int) -> None:
        """Take a process that ``start`` made; call ``start``, not this."""
        self._process = process
        self._stdin, self._stdout = process.stdin, process.stdout
        self._stderr = bytearray()
        self._draining = asyncio.create_task(self._drain(kept_stderr_bytes))
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
        if self._stdin is None:
            raise BrokenPipeError("the child has no input pipe")
        self._stdin.write(data)
        await self._stdin.drain()

    def end_input(self) -> None:
        """Close its input, which well-behaved children take as the end."""
        if self._stdin is not None:
            self._stdin.close()

    async def read_line(self) -> bytes:
        """Return the next line of its output, newline included; empty at the end.

        Raises:
            ValueError: The line is longer than ``line_bytes``.
        """
        return b"" if self._stdout is None else await self._stdout.readline()

    async def read(self, limit_bytes: int = _CHUNK_BYTES) -> bytes:
        """Return what its output holds next, at most ``limit_bytes``; empty at the end."""
        return b"" if self._stdout is None else await self._stdout.read(limit_bytes)

    async def wait(self) -> int:
        """Return its exit code once it has ended by itself."""
        return await self._process.wait()

    def kill(self) -> None:
        """Kill the child and everything it started that stayed in its group."""
        if self._group_killed:
            return
        self._group_killed = True
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    async def close(self) -> None:
        """Kill the group, collect the exit code and let go of the pipes."""
        self.kill()
        self.end_input()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), _CLOSE_TIMEOUT_S)
        # A grandchild that left the group may still hold the pipe: do not wait for it.
        self._draining.cancel()
        await asyncio.gather(self._draining, return_exceptions=True)

    async def _drain(self, kept_bytes: int) -> None:
        stream = self._process.stderr
        while stream is not None and (chunk := await stream.read(_CHUNK_BYTES)):
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
    process = await asyncio.create_subprocess_exec(
        *command.argv,
        env=dict(command.environment),
        cwd=command.cwd,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        close_fds=True,
        start_new_session=True,
        preexec_fn=_before_exec(command.limits, os.getpid()),
        limit=command.line_bytes,
    )
    return ChildProcess(process, command.kept_stderr_bytes)


def _before_exec(limits: Limits, parent_pid: int) -> Callable[[], None]:
    """Return what the child does between fork and exec: system calls on prepared values only."""
    rows = limits.rows()

    def prepare() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent_pid:  # the parent died before the line above
                os._exit(1)
        for what, value in rows:
            _, hard = resource.getrlimit(what)
            most = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(what, (most, most))

    return prepare
