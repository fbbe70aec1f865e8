"""A Deftly in a process of its own, as an operator would start it."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROGRAM = """
import json, sys
from deftly.app import serve
from deftly.errors import DeftlyError
from deftly.settings import load_settings
try:
    serve(load_settings(json.loads(sys.argv[1])))
except DeftlyError as fault:
    sys.exit(fault.message)
"""


@dataclass
class Server:
    """A started process; ``errors`` is filled while it runs."""

    process: subprocess.Popen[str]
    errors: list[str] = field(default_factory=list)
    first_line: str = ""
    reader: threading.Thread = field(default_factory=threading.Thread)

    @property
    def url(self) -> str:
        return self.first_line.removeprefix("listening on ").strip()

    @property
    def login_token(self) -> str:
        (line,) = [line for line in self.errors if "/login#" in line]
        return line.rpartition("#")[2].strip()

    def rest_of_output(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.read()

    def close(self) -> None:
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()

    def stop(self, number: int = signal.SIGTERM, within_s: float = 10.0) -> int:
        self.process.send_signal(number)
        code = self.process.wait(within_s)
        self.reader.join(within_s)
        return code


def launch(folder: Path, **settings: object) -> Server:
    """Start a server and return once it answers or has ended."""
    given = {"dir": str(folder), "port": 0, **settings}
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DEFTLY_")}
    server = Server(
        subprocess.Popen(
            [sys.executable, "-c", PROGRAM, json.dumps(given)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            text=True,
        )
    )
    errors, output = server.process.stderr, server.process.stdout
    assert errors is not None
    assert output is not None
    server.reader = threading.Thread(target=lambda: server.errors.extend(errors), daemon=True)
    server.reader.start()
    server.first_line = output.readline()
    if not server.first_line:
        server.process.wait(10)
        server.reader.join(10)
        server.close()
    return server


@contextmanager
def running_server(folder: Path, **settings: object) -> Iterator[Server]:
    """Run a server beside the block."""
    server = launch(folder, **settings)
    try:
        assert server.first_line, "".join(server.errors)
        yield server
    finally:
        if server.process.poll() is None:
            server.process.kill()
            server.process.wait()
        server.reader.join(10)
        server.close()
