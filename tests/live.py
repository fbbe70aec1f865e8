"""A Deftly in a process of its own, as an operator would start it."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from tests.starting import MODELS, Program, start

SOURCE = """
import json, sys
from deftly.app import serve
from deftly.errors import DeftlyError
from deftly.settings import load_settings
try:
    serve(load_settings(json.loads(sys.argv[1])))
except DeftlyError as fault:
    sys.exit(fault.message)
"""
SERVER = Program(SOURCE, (sys.executable, "-c", SOURCE))


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
        start(
            SERVER,
            json.dumps(given),
            ahead=MODELS if "model" in given else (),
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
        end(server)


def end(server: Server) -> None:
    """Leave nothing of a server behind, in whatever state it is."""
    if server.process.poll() is None:
        server.process.kill()
        server.process.wait()
    server.reader.join(10)
    server.close()


class Remote:
    """A caller of a running server, over real HTTP."""

    def __init__(self, server: Server, **headers: str) -> None:
        self.http = httpx2.AsyncClient(base_url=server.url, headers=headers, timeout=30)

    async def log_in(self, server: Server) -> None:
        answer = await self.http.post("/api/session", json={"token": server.login_token})
        assert answer.status_code == 200, answer.text

    async def get(self, path: str) -> Any:
        answer = await self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, given: object = None) -> Any:
        answer = await self.http.post(path, json=given)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def call(self, tool: str, **arguments: object) -> Any:
        return await self.post(f"/api/tools/{tool}/call", {"arguments": arguments})

    async def hold(self, tool: str, **arguments: object) -> dict[str, str]:
        """Return id, run and token of a call that asks."""
        told = await self.call(tool, **arguments)
        assert told["status"] == "confirm_required", told
        question = told["confirmation"]
        return {"id": question["id"], "run": told["runId"], "token": question["token"]}

    async def confirm(self, held: Mapping[str, str]) -> httpx2.Response:
        return await self.answer(held, "confirm")

    async def deny(self, held: Mapping[str, str]) -> httpx2.Response:
        return await self.answer(held, "deny")

    async def answer(self, held: Mapping[str, str], word: str) -> httpx2.Response:
        path = f"/api/confirmations/{held['id']}/{word}"
        return await self.http.post(path, json={"token": held["token"]})


@asynccontextmanager
async def running_remote(folder: Path, **settings: object) -> AsyncIterator[tuple[Server, Remote]]:
    """Run a server whose every caller is the owner, started beside the running loop."""
    given = {"no_auth": True, **settings}
    server = await asyncio.to_thread(launch, folder, **given)
    remote = Remote(server)
    try:
        assert server.first_line, "".join(server.errors)
        yield server, remote
    finally:
        await remote.http.aclose()
        await asyncio.to_thread(end, server)
