"""The process of one run: how it is started, and what it may use."""

import asyncio
import base64
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

from deftly.errors import LimitExceeded
from deftly.sandbox.isolation import Isolation
from deftly.sandbox.jail import Jail
from deftly.sandbox.javascript.wire import HEAD_BYTES_MAX, BrokenWireError, Wire
from deftly.sandbox.process import ChildProcess, Command, Limits, User, start
from deftly.sandbox.programs import Programs
from deftly.values import JsonValue

START_S: Final = 10.0
CPU_S: Final = 12
"""Processor time of a process: that of a whole run, and of its start."""

_INSIDE: Final = "/deno"
# One program in several files; each may use what stands before it.
_RUNNER: Final = ("hiding", "wire", "console", "errors", "fetch", "run")
_SWITCHES: Final = (
    *("--no-prompt", "--no-config", "--no-remote", "--no-npm", "--cached-only", "--no-lock"),
    "--no-code-cache",
    # Nothing is compiled to machine code: no WebAssembly, and no memory that can be both written
    # and executed. V8 reserves address space only, so that what it uses can be limited.
    "--v8-flags=--jitless,--max-old-space-size=64",
)
# Nothing is there, so nothing is kept: no caches, no temporary files.
_NOWHERE: Final = "/nonexistent/deftly"
_ENVIRONMENT: Final = {
    "DENO_DIR": _NOWHERE,
    "TMPDIR": _NOWHERE,
    "DENO_NO_UPDATE_CHECK": "1",
    "NO_COLOR": "1",
}
_LIMITS: Final = Limits(
    # The heap's own limit does not count ArrayBuffers (4 GB of them, measured).
    data_bytes=300 * 1024 * 1024,
    cpu_s=CPU_S,
    file_bytes=0,
    open_files=64,
)


class StartFailedError(Exception):
    """The process did not get as far as a run; the text says why, for an operator."""


@dataclass(frozen=True, slots=True)
class Launch:
    """How processes are started here.

    Attributes:
        bubblewrap: What isolates them; None leaves that to Deno.
        user: Whom they run as; None for ourselves.
    """

    deno: Path
    bubblewrap: Path | None
    user: User | None

    @classmethod
    def possible(cls, programs: Programs) -> "tuple[Launch, ...]":
        """Return the ways there are, the strongest first."""
        if programs.deno is None:
            return ()
        ways = (programs.bubblewrap, None) if programs.bubblewrap else (None,)
        return tuple(cls(programs.deno, way, programs.user) for way in ways)

    @property
    def isolation(self) -> Isolation:
        """What keeps a run in bounds."""
        return Isolation.DENO if self.bubblewrap is None else Isolation.BUBBLEWRAP

    def command(self) -> Command:
        """Return what is started for one run."""
        if self.bubblewrap is None:
            argv = _argv(str(self.deno))
        else:
            argv = Jail(self.bubblewrap, {_INSIDE: self.deno}).argv(_argv(_INSIDE))
        return Command(
            argv,
            environment=_ENVIRONMENT,
            limits=_LIMITS,
            user=self.user,
            watches=self.bubblewrap is not None,
            line_bytes=HEAD_BYTES_MAX,
            kept_stderr_bytes=4096,
        )


def _argv(deno: str) -> tuple[str, ...]:
    return (deno, "run", *_SWITCHES, _runner())


@cache
def _runner() -> str:
    """Return our side of the process as a URL: no file that another user had to be able to read."""
    folder = files(__package__).joinpath("runner")
    source = b"".join(folder.joinpath(f"{name}.js").read_bytes() for name in _RUNNER)
    return f"data:text/javascript;base64,{base64.b64encode(source).decode()}"


class Guest:
    """A process that waits for its one run, or carries it out."""

    def __init__(self, child: ChildProcess) -> None:
        """Take what was started; call ``start``, not this."""
        self.child = child
        self.wire = Wire(child)

    @classmethod
    async def start(cls, launch: Launch) -> "Guest":
        """Start a process and wait until it can take a script.

        Raises:
            StartFailedError: It cannot be started here, or not now.
        """
        try:
            guest = cls(await start(launch.command()))
        except OSError as fault:
            raise StartFailedError(f"it cannot be started ({fault.strerror})") from None
        readying = asyncio.create_task(guest._become_ready())
        try:
            # Killed in its first moments, bubblewrap would leave a process behind (measured).
            await asyncio.shield(readying)
        except BaseException:
            await asyncio.wait([readying])
            await guest.close()
            raise
        return guest

    async def _become_ready(self) -> None:
        try:
            async with asyncio.timeout(START_S):
                frame = await self.wire.read()
        except TimeoutError:
            raise StartFailedError(f"it was not ready after {START_S:g} seconds") from None
        except BrokenWireError as fault:
            raise StartFailedError(f"it did not start as it should: {fault}") from None
        if frame is None or frame.kind != "ready":
            raise StartFailedError(await self._last_words())

    async def _last_words(self) -> str:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.child.wait(), 1.0)
        said = self.child.stderr_tail.strip().splitlines()
        return said[0] if said else f"it ended at once (exit code {self.child.returncode})"

    async def say(self, kind: str, body: bytes = b"", **head: JsonValue) -> None:
        """Send it a frame; that it is gone is noticed where its words are read."""
        with suppress(BrokenPipeError, ConnectionResetError):
            await self.wire.write(kind, body, **head)

    async def close(self) -> None:
        """Kill it and let go of it, whatever state it is in."""
        await self.child.close()


def ending_of(returncode: int | None, stderr: str) -> LimitExceeded | None:
    """Return which limit ended a process that said nothing of its end, None where none did."""
    if any(sign in stderr for sign in _OUT_OF_MEMORY):
        return LimitExceeded(OUT_OF_MEMORY)
    if returncode in _OUT_OF_TIME:
        return LimitExceeded(f"The code used up its {CPU_S} seconds of processor time.")
    return None


OUT_OF_MEMORY: Final = (
    "The code used more memory than a run may: 64 MiB of objects, 300 MiB in all."
)
_OUT_OF_MEMORY: Final = (
    "out of memory",
    "memory allocation of",
    "Cannot allocate memory",
    "bad_alloc",
)
# SIGXCPU, as the system tells it and as bubblewrap hands it on.
_OUT_OF_TIME: Final = frozenset({-24, 128 + 24})
