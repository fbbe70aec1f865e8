"""Starting Python programs: as copies of a process that has imported Deftly, or from scratch.

Nearly all of a start is imports: a second for a server, two more for its model. So each test
process keeps one that has done them and does nothing else (``seed.py``), and a start is a copy
of it: a process of its own with the program, words, environment and streams it is given.
``from_scratch`` is for tests of what a start itself does.
"""

import atexit
import json
import os
import select
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.seed import LENGTH_BYTES, take_terminal

ROOT = Path(__file__).parents[1]
MODELS = (
    "deftly.agent.loop",
    "deftly.agent.turns",
    "openai.types.chat",
    "pydantic_ai.models.openai",
)
"""What a server imports at its first message."""


@dataclass(frozen=True)
class Program:
    """Python source, and the command that runs it where nothing is copied."""

    source: str
    command: tuple[str, ...]


@dataclass
class Seed:
    """The process that is copied; it ends when this one does."""

    process: "subprocess.Popen[bytes]"
    door: socket.socket
    lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, wanted: Mapping[str, object], streams: Sequence[int]) -> int:
        """Return the id of a new copy."""
        with self.lock:
            raw = json.dumps(wanted).encode()
            socket.send_fds(self.door, [f"{len(raw):{LENGTH_BYTES}}".encode()], streams)
            self.door.sendall(raw)
            pid = self.door.recv(64)
        assert pid, "the process that is copied has ended"
        return int(pid)

    def end(self) -> None:
        self.door.close()
        self.process.wait(10)


_seeds: list[Seed] = []
_scratch: list[bool] = []
_sowing = threading.Lock()


def start(
    program: Program,
    *words: str,
    ahead: Sequence[str] = (),
    terminal: bool = False,
    **options: Any,
) -> "subprocess.Popen[Any]":
    """Start a program; options are those of ``subprocess.Popen``.

    Modules named by ``ahead`` are imported before the copy is made. ``terminal`` makes the
    standard input the terminal of a session of its own.
    """
    if _scratch:
        taking: dict[str, Any] = (
            {"start_new_session": True, "preexec_fn": take_terminal} if terminal else {}
        )
        return subprocess.Popen([*program.command, *words], **options, **taking)
    return _Copy([program.command[0], *words], program.source, ahead, terminal, **options)


@contextmanager
def from_scratch() -> Iterator[None]:
    """Start what is started within the block as anybody else would."""
    _scratch.append(True)
    try:
        yield
    finally:
        _scratch.pop()


def seed_pids() -> list[int]:
    """Return which process copies are made of, where there is one."""
    return [one.process.pid for one in _seeds]


def _seed() -> Seed:
    with _sowing:
        if not _seeds:
            _seeds.append(_sown())
            atexit.register(_seeds[0].end)
        return _seeds[0]


def _sown() -> Seed:
    ours, theirs = socket.socketpair()
    kept = {name: text for name, text in os.environ.items() if not name.startswith("DEFTLY_")}
    path = os.pathsep.join([str(ROOT), *filter(None, sys.path)])
    process = subprocess.Popen(
        [sys.executable, "-c", "from tests.seed import main; main()", str(theirs.fileno())],
        stdin=subprocess.DEVNULL,
        env={**kept, "PYTHONPATH": path},
        pass_fds=[theirs.fileno()],
    )
    theirs.close()
    return Seed(process, ours)


class _Copy(subprocess.Popen[Any]):
    """A ``Popen`` whose process is a copy of the seed, which tells how it ended."""

    # What Popen has of its own, and typeshed does not tell.
    _close_pipe_fds: Callable[..., None]
    _handle_exitstatus: Callable[[int], None]
    _waitpid_lock: threading.Lock

    def __init__(
        self,
        words: list[str],
        source: str,
        ahead: Sequence[str],
        terminal: bool,  # noqa: FBT001 - Popen's own arguments come by name
        **options: Any,
    ) -> None:
        self._wanted = {
            "words": words,
            "source": source,
            "ahead": list(ahead),
            "terminal": terminal,
            "folder": str(options.get("cwd") or Path.cwd()),
            "environment": dict(options.get("env") or os.environ),
        }
        super().__init__(words, **options)

    def _execute_child(self, args: object, *others: Any) -> None:
        """Ask for a copy; ``others`` hold the pipes at the places 9 to 14, as Popen made them."""
        pipes = others[9:15]
        streams = [
            standard if pipe == -1 else pipe
            for standard, pipe in zip((0, 1, 2), pipes[0:1] + pipes[3:4] + pipes[5:6], strict=True)
        ]
        self._status, told = os.pipe()
        try:
            self.pid = _seed().ask(self._wanted, [*streams, told])
            self._child_created = True
        finally:
            os.close(told)
            self._close_pipe_fds(*pipes)

    def _try_wait(self, wait_flags: int) -> tuple[int, int]:
        """Return what ``waitpid`` would."""
        patience_s = 0 if wait_flags & os.WNOHANG else None
        if not select.select([self._status], [], [], patience_s)[0]:
            return 0, 0
        raw = os.read(self._status, 64)
        os.close(self._status)
        return self.pid, int(raw)

    def _internal_poll(self, **_: object) -> int | None:
        if self.returncode is None and self._waitpid_lock.acquire(blocking=False):
            try:
                pid, status = self._try_wait(os.WNOHANG)
                if pid:
                    self._handle_exitstatus(status)
            finally:
                self._waitpid_lock.release()
        return self.returncode
