"""A shell sandbox to try things in, and what is counted of it from outside."""

import asyncio
import ctypes
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deftly.sandbox.programs import Programs, find_programs
from deftly.sandbox.shell.command import ShellCommand, ShellEnded
from deftly.sandbox.shell.sandbox import ShellSandbox
from tests.starting import seed_pids


@dataclass
class Traffic:
    sent_bytes: int = 0
    received_bytes: int = 0


@dataclass
class Unplugged:
    """A proxy that lets nothing through."""

    serving_now: int = 0
    served: list[object] = field(default_factory=list)

    @asynccontextmanager
    async def serving(self, listener) -> AsyncIterator[Traffic]:
        self.serving_now += 1
        self.served.append(listener.getsockname())
        try:
            yield Traffic()
        finally:
            self.serving_now -= 1


@asynccontextmanager
async def shell_sandbox(proxy: Any = None, *, programs=find_programs, **options):
    given: Any = proxy or Unplugged()
    sandbox = ShellSandbox(programs, given, **{"enabled": True, **options})
    try:
        yield sandbox
    finally:
        await sandbox.close()


async def sh(sandbox: ShellSandbox, script: str, timeout_s=10.0, **variables) -> ShellEnded:
    return await sandbox.run(ShellCommand(script, variables, timeout_s))


def found(**changes) -> Programs:
    real = find_programs()
    values = {"bubblewrap": real.bubblewrap, "deno": real.deno, "user": real.user, "fault": ""}
    return Programs(**{**values, **changes})


_PR_SET_CHILD_SUBREAPER = 36
_LIBC = ctypes.CDLL(None)


@contextmanager
def adopting_orphans() -> Iterator[None]:
    """Be the parent of whatever loses its own below this process, so that it is counted."""
    _LIBC.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    try:
        yield
    finally:
        _LIBC.prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG) != (0, 0):
                pass


def descendants() -> set[int]:
    """Return every process below this one, dead ones that nobody has collected as well."""
    parents = {int(place.name): _parent(place) for place in Path("/proc").glob("[0-9]*")}
    parents.update(dict.fromkeys(seed_pids(), 0))
    return {pid for pid in parents if _is_below(os.getpid(), pid, parents)}


def _is_below(top: int, pid: int, parents: Mapping[int, int]) -> bool:
    while pid := parents.get(pid, 0):
        if pid == top:
            return True
    return False


def _parent(place: Path) -> int:
    try:
        return int((place / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0  # it has ended meanwhile


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@asynccontextmanager
async def loop_lag() -> AsyncIterator[list[float]]:
    """Measure how late the loop is, in seconds, all through the block."""
    lags: list[float] = []

    async def watch() -> None:
        loop = asyncio.get_running_loop()
        while True:
            asked = loop.time()
            await asyncio.sleep(0.005)
            lags.append(loop.time() - asked - 0.005)

    watching = asyncio.create_task(watch())
    try:
        yield lags
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
