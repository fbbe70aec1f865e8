"""The process that runs are forked from: started once, and again should it die."""

import asyncio
import socket
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Final

from deftly.sandbox.process import ChildProcess, Command, User, start
from deftly.sandbox.shell.calls import filter_of
from deftly.sandbox.shell.launching import Launched, handed_over, unavailable

_PROGRAM: Final = Path(__file__).with_name("launcher.py")
_LAST_WORDS_LIMIT_S: Final = 1.0
_END_LIMIT_S: Final = 2.0
_TRIES: Final = 2


class Nursery:
    """Makes runs that wait for a command."""

    def __init__(self, find_user: Callable[[], Awaitable[User | None]]) -> None:
        """Start nothing yet; ``find_user`` says whom all of it runs as."""
        self._find_user = find_user
        self._starting = asyncio.Lock()
        self._holding = AsyncExitStack()
        self._child: ChildProcess | None = None
        self._control: socket.socket | None = None

    async def launch(self) -> Launched:
        """Return a run that waits; its taker closes it.

        Raises:
            HandlerUnavailable: The system does not allow it; the message says which step.
        """
        said = ""
        # Where it died since it was last used, nothing was started yet: a new one is asked.
        for _ in range(_TRIES):
            child, control = await self._ready()
            made = await _asked(control)
            if isinstance(made, Launched):
                return made
            said = made or await _last_line(child)
            if made:
                break
        raise unavailable(said)

    async def _ready(self) -> tuple[ChildProcess, socket.socket]:
        """Return the process that is forked and how to reach it; started where none runs."""
        async with self._starting:
            if self._child is None or self._control is None or self._child.returncode is not None:
                await self.aclose()
                self._child, self._control = await self._started()
            return self._child, self._control

    async def aclose(self) -> None:
        """End it, and with it every run."""
        if self._child is not None and self._control is not None:
            self._control.close()
            with suppress(TimeoutError):
                async with asyncio.timeout(_END_LIMIT_S):
                    await self._child.wait()
        await self._holding.aclose()

    async def _started(self) -> tuple[ChildProcess, socket.socket]:
        user = await self._find_user()
        ours, its_end = socket.socketpair()
        self._holding.callback(ours.close)
        ours.setblocking(False)  # noqa: FBT003 - takes no name
        with its_end:
            # Started as what we are: the interpreter may lie where only we can read it.
            ids = () if user is None else (user.uid, user.gid)
            numbers = (str(number) for number in (its_end.fileno(), *ids))
            program = (sys.executable, "-I", "-S", str(_PROGRAM))
            words = (*program, filter_of().hex(), *numbers)
            try:
                child = await start(Command(words, pass_fds=(its_end.fileno(),)))
            except OSError as fault:
                raise unavailable(f"{sys.executable} did not start ({fault.strerror})") from fault
        await self._holding.enter_async_context(child)
        return child, ours


async def _asked(control: socket.socket) -> Launched | str:
    """Hand a socket over, and return the run that comes of it or what is said instead."""
    ours, its_end = socket.socketpair()
    try:
        with its_end:
            ours.setblocking(False)  # noqa: FBT003 - takes no name
            with suppress(OSError):  # nobody is there: then nobody answers
                socket.send_fds(control, [b"."], [its_end.fileno()])
        made = await handed_over(ours)
    except BaseException:
        ours.close()
        raise
    if not isinstance(made, Launched):
        ours.close()
    return made


async def _last_line(child: ChildProcess) -> str:
    """Return the last thing a process says that ends without a word to us."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_LAST_WORDS_LIMIT_S):
            await child.wait()
    return child.stderr_tail.strip().rpartition("\n")[2] or "its launcher was killed"
