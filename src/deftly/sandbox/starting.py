"""Starting a child beside the loop: fork, limits, user, three pipes, and word of its end."""

import asyncio
import ctypes
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Final

from deftly.sandbox.command import Command
from deftly.sandbox.pipe import Pipe

_PR_SET_PDEATHSIG: Final = 1
# Looked up before any fork: a child that has not called exec yet must not take locks.
_LIBC: Final = ctypes.CDLL(None) if sys.platform == "linux" else None
# The loop would stand still from the fork until the child's exec: 30 to 70 ms where the
# processors are busy (measured). One thread that stays, because a child dies with the thread that
# forked it (PR_SET_PDEATHSIG in prctl(2)).
_FORKING: Final = ThreadPoolExecutor(1, thread_name_prefix="deftly-fork")


@dataclass(frozen=True, slots=True)
class Pipes:
    """The parent's ends of a child's three pipes, on the loop."""

    stdin: asyncio.StreamWriter
    stdout: asyncio.StreamReader
    stderr: asyncio.StreamReader
    output: asyncio.ReadTransport
    errors: asyncio.ReadTransport


async def fork(command: Command) -> subprocess.Popen[bytes]:
    """Start the child; the loop goes on meanwhile.

    Raises:
        OSError: The program is not there, may not be executed, or there is no room for it.
    """
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_FORKING, _fork, command, os.getpid())


def _fork(command: Command, parent_pid: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command.argv,
        bufsize=0,
        env=dict(command.environment),
        cwd=command.cwd,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        close_fds=True,
        pass_fds=command.pass_fds,
        start_new_session=True,
        preexec_fn=_before_exec(command, parent_pid),  # noqa: PLW1509 - system calls alone
    )


def _before_exec(command: Command, parent_pid: int) -> Callable[[], None]:
    """Return what the child does between fork and exec: system calls on prepared values only."""
    rows, user = command.limits.rows(), command.user

    def prepare() -> None:
        for what, value in rows:
            _, hard = resource.getrlimit(what)
            most = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(what, (most, most))
        if user is not None:
            os.setgroups([])
            os.setresgid(user.gid, user.gid, user.gid)
            os.setresuid(user.uid, user.uid, user.uid)
        if _LIBC is not None:
            # Last: the kernel forgets this wish when the user changes (prctl(2)).
            _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent_pid:  # the parent died before the line above
                os._exit(1)

    return prepare


async def attach(process: subprocess.Popen[bytes], line_bytes: int) -> Pipes:
    """Put the pipes of a child that has just been started on the loop."""
    stdout, output = await _reading(process.stdout, line_bytes)
    stderr, errors = await _reading(process.stderr, line_bytes)
    loop = asyncio.get_running_loop()
    transport, protocol = await _of(process.stdin).written_by(
        lambda: asyncio.StreamReaderProtocol(asyncio.StreamReader(loop=loop), loop=loop)
    )
    stdin = asyncio.StreamWriter(transport, protocol, None, loop)
    return Pipes(stdin, stdout, stderr, output, errors)


async def _reading(
    file: IO[bytes] | None, line_bytes: int
) -> tuple[asyncio.StreamReader, asyncio.ReadTransport]:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=line_bytes, loop=loop)
    transport, _ = await _of(file).read_by(lambda: asyncio.StreamReaderProtocol(reader, loop=loop))
    return reader, transport


def _of(file: IO[bytes] | None) -> Pipe:
    if file is None:
        raise ValueError("the child was started without this pipe")
    return Pipe.of(file)


def ending(process: subprocess.Popen[bytes]) -> "asyncio.Future[int]":
    """Return the exit code to come; the child is collected when it has ended."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[int] = loop.create_future()

    def tell() -> None:
        if not ended.done():
            ended.set_result(process.wait())

    try:
        descriptor = os.pidfd_open(process.pid)
    except (AttributeError, OSError):  # not Linux, or one before 5.3
        threading.Thread(target=_wait, args=(process, loop, tell), daemon=True).start()
        return ended

    def collect() -> None:
        loop.remove_reader(descriptor)
        os.close(descriptor)
        process.wait()
        tell()

    loop.add_reader(descriptor, collect)
    return ended


def _wait(
    process: subprocess.Popen[bytes], loop: asyncio.AbstractEventLoop, tell: Callable[[], None]
) -> None:
    process.wait()
    if not loop.is_closed():
        loop.call_soon_threadsafe(tell)
