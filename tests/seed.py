"""A process that has imported Deftly and turns copies of itself into programs.

A request is its length, what to run, and with it the three standard streams and a pipe on
which the exit status is told. The answer is the copy's id.
"""

import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
from typing import Any

LENGTH_BYTES = 8
AHEAD = (
    "anyio.to_thread",
    "deftly.agent.keyless",
    "deftly.app.backing",
    "deftly.app.building",
    "deftly.app.serving",
    "deftly.cli.root",
    "deftly.demo.running",
    "deftly.rest.front",
    "deftly.rest.management",
    "deftly.rest.routes",
    "deftly.settings",
    "deftly.store.migrations",
    "pydantic.v1",
    "rich.table",
    "uvicorn.lifespan.off",
    "uvicorn.protocols.http.httptools_impl",
    "uvloop",
)


def main() -> None:
    """Make copies until the other end closes; in a copy, return once the program has ended."""
    interrupted = signal.signal(signal.SIGINT, signal.SIG_IGN)
    import_all(AHEAD)
    job = next_job(socket.socket(fileno=int(sys.argv[1])))
    if job is not None:
        signal.signal(signal.SIGINT, interrupted)
        become(*job)


def next_job(door: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Return in each copy, with what it is to run and its streams, and at the end without."""
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    running: dict[int, int] = {}
    while True:
        ready, _, _ = select.select([door.fileno(), woken], [], [])
        if woken in ready:
            os.read(woken, 512)
            tell_the_ended(running)
        if door.fileno() not in ready:
            continue
        length, streams, _, _ = socket.recv_fds(door, LENGTH_BYTES, 4)
        if not length:
            return None
        wanted = json.loads(door.recv(int(length), socket.MSG_WAITALL))
        import_all(wanted["ahead"])
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            door.close()
            close(woken, wakes, *running.values())
            return wanted, streams
        running[pid] = streams.pop()
        close(*streams)
        door.sendall(str(pid).encode())


def import_all(modules: tuple[str, ...] | list[str]) -> None:
    """Import what is not there, and keep all of it out of the copies' collections."""
    missing = [name for name in modules if name not in sys.modules]
    for name in missing:
        importlib.import_module(name)
    if missing:
        gc.collect()
        gc.freeze()


def tell_the_ended(running: dict[int, int]) -> None:
    """Write down the exit status of every copy that is over."""
    while running:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        told = running.pop(pid)
        os.write(told, str(status).encode())
        os.close(told)


def become(wanted: dict[str, Any], streams: list[int]) -> None:
    """Run the program as the interpreter would have, had it been started for it."""
    for number, stream in enumerate(streams[:3]):
        os.dup2(stream, number)
    close(*streams)
    if wanted["terminal"]:
        os.setsid()
        take_terminal()
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    sys.argv = wanted["words"]
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout = os.fdopen(1, "w", buffering=1 if os.isatty(1) else -1, closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, errors="backslashreplace", closefd=False)
    exec(wanted["source"], {"__name__": "__main__"})  # noqa: S102 - as ``python -c`` would


def take_terminal() -> None:
    """Make standard input the terminal of this session, so that Ctrl-C reaches it."""
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def close(*descriptors: int) -> None:
    """Close descriptors."""
    for one in descriptors:
        os.close(one)
