"""The deftly command as people and scripts run it: in a pipe, and on a terminal."""

import contextlib
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.starting import Program, start

DEFTLY = str(Path(sys.executable).with_name("deftly"))
COMMAND = Program("from deftly.cli import main; main()", (DEFTLY,))
PIPES: dict[str, Any] = dict.fromkeys(["stdin", "stdout", "stderr"], subprocess.PIPE)
LIMIT_S = 45.0


def environment(given: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return ours, without what a developer may have set for Deftly."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("DEFTLY_")}
    return {**kept, "NO_COLOR": "1", **(given or {})}


@dataclass(frozen=True)
class Ended:
    """A command that is over."""

    code: int
    out: str
    err: str


def deftly(
    *words: str,
    folder: Path | None = None,
    typed: str = "",
    env: Mapping[str, str] | None = None,
) -> Ended:
    """Run a command in a pipe; ``typed`` is its standard input."""
    where = ["--dir", str(folder)] if folder is not None else []
    with start(COMMAND, *words, *where, **PIPES, text=True, env=environment(env)) as process:
        try:
            out, err = process.communicate(typed, LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    assert "Traceback" not in err, err
    return Ended(process.returncode, out, err)


class OnTerminal:
    """A command on a terminal of its own, with somebody who types."""

    def __init__(self, process: "subprocess.Popen[bytes]", descriptor: int) -> None:
        self.process = process
        self.screen = ""
        self._descriptor = descriptor
        self._seen = 0

    def wait_for(self, text: str) -> None:
        """Read until the text has been shown, after what was waited for before."""
        deadline = time.monotonic() + LIMIT_S
        while text not in self.screen[self._seen :]:
            assert time.monotonic() < deadline, f"{text!r} never came:\n{self.screen}"
            assert self._read(), f"it ended before {text!r}:\n{self.screen}"
        self._seen = self.screen.index(text, self._seen) + len(text)

    def type(self, text: str) -> None:
        os.write(self._descriptor, text.encode())

    def interrupt(self) -> int:
        """Press Ctrl-C, again where it came between two instructions, and return the code."""
        deadline = time.monotonic() + LIMIT_S
        while self.process.poll() is None:
            assert time.monotonic() < deadline, f"it does not end:\n{self.screen}"
            self.type("\x03")
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(2)
        return self.end()

    def end(self) -> int:
        """Read to the end and return the exit code."""
        while self._read():
            pass
        return self.process.wait(LIMIT_S)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._descriptor], [], [], LIMIT_S)
        if not ready:
            return False
        try:
            data = os.read(self._descriptor, 65_536)
        except OSError:  # what Linux says when the other end has closed
            return False
        self.screen += data.decode(errors="replace").replace("\r\n", "\n")
        return bool(data)


@contextmanager
def on_terminal(
    *words: str, folder: Path | None = None, env: Mapping[str, str] | None = None
) -> Iterator[OnTerminal]:
    """Run a command on a terminal; it is stopped at the end of the block if it still runs."""
    where = ["--dir", str(folder)] if folder is not None else []
    ours, theirs = pty.openpty()
    process = start(
        COMMAND,
        *words,
        *where,
        terminal=True,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment({"TERM": "xterm", "COLUMNS": "100", **(env or {})}),
    )
    os.close(theirs)
    try:
        yield OnTerminal(process, ours)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        os.close(ours)
