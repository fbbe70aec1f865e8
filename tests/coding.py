"""Code actions on a network by hand: an upstream called api.test, and a sandbox of a kind."""

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from deftly.domain.handler import CodeHandler
from deftly.domain.run import ConsoleLine
from deftly.errors import DeftlyError, NotFound
from deftly.handlers.code import CodeTools, PreparedCode, compile_code
from deftly.handlers.fetching import Fetching
from deftly.handlers.handler import HandlerResult, Invocation
from deftly.handlers.http import HttpTools
from deftly.sandbox.isolation import Isolation
from deftly.sandbox.javascript.sandbox import JavaScriptSandbox
from deftly.sandbox.javascript.script import FetchAnswer, FetchRequest
from deftly.sandbox.programs import UNPRIVILEGED, Programs, find_programs
from deftly.values import JsonValue
from tests.unit.egress.doubles import (
    PUBLIC,
    FakeResolver,
    RecordingDialer,
    Upstream,
    certificates,
    guard,
    reply,
    upstream,
)

HOST = "api.test"
WALLS = (Isolation.BUBBLEWRAP, Isolation.DENO)


def programs_for(isolation: Isolation) -> Programs:
    """Return what a machine has that can do no more than this."""
    found = find_programs()
    return found if isolation is Isolation.BUBBLEWRAP else replace(found, bubblewrap=None)


@dataclass
class Ran:
    """How a run ended."""

    value: JsonValue = None
    fault: DeftlyError | None = None
    console: tuple[ConsoleLine, ...] = ()
    result: HandlerResult | None = None

    @property
    def text(self) -> str:
        """Everything that a caller could see of it."""
        lines = [line.text for line in self.console]
        return "\n".join([str(self.value), self.fault.message if self.fault else "", *lines])


@dataclass
class Coding:
    """Runs code as an action would."""

    sandbox: JavaScriptSandbox
    tools: CodeTools
    upstream: Upstream
    dialer: RecordingDialer
    secrets: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, str, bool]] = field(default_factory=list)

    async def reveal(self, name: str, place: str, /, *, may_bind: bool) -> str:
        self.asked.append((name, place, may_bind))
        if name not in self.secrets:
            raise NotFound(f"There is no secret {name}.")
        return self.secrets[name]

    def prepare(
        self, code: str, *, timeout_s: float = 10.0, **arguments: JsonValue
    ) -> PreparedCode:
        handler = CodeHandler(type="code", code=code, timeout_s=timeout_s)
        return compile_code(handler, self.tools).prepare(Invocation("run-1", arguments))

    async def fetch(self, request: FetchRequest) -> FetchAnswer:
        """Send what code asks for that is no action's."""
        return await Fetching(self.tools.http, {}, stay_on_host=False).fetch(request)

    async def run(self, code: str, *, timeout_s: float = 10.0, **arguments: JsonValue) -> Ran:
        return await ended(self.prepare(code, timeout_s=timeout_s, **arguments))


async def ended(prepared: PreparedCode) -> Ran:
    """Carry it out and return how that went."""
    try:
        result = await prepared.execute()
    except DeftlyError as fault:
        return Ran(fault=fault, console=tuple(prepared.console))
    return Ran(result.value, console=tuple(prepared.console), result=result)


@asynccontextmanager
async def coding(
    folder: Path,
    isolation: Isolation = Isolation.BUBBLEWRAP,
    *,
    answer: Callable[[bytes], bytes] = lambda request: reply(b'{"hello": "there"}'),
    concurrency: int | None = None,
) -> AsyncIterator[Coding]:
    """Open a sandbox with a way out that leads to one upstream, whatever is dialled."""
    serving, trusting = certificates(folder, [HOST])
    resolver = FakeResolver({HOST: [[PUBLIC]]}, otherwise=["10.0.0.1"])
    async with upstream(answer, tls=serving) as server:
        dialer = RecordingDialer(leads_to=server.port)
        allow = [f"{HOST}:443"]
        async with guard(resolver=resolver, dialer=dialer, allow=allow, tls=trusting) as client:
            sandbox = JavaScriptSandbox(lambda: programs_for(isolation), concurrency=concurrency)
            opened: Coding

            async def reveal(name: str, place: str, /, *, may_bind: bool) -> str:
                return await opened.reveal(name, place, may_bind=may_bind)

            tools = CodeTools(sandbox, HttpTools(client, reveal))
            opened = Coding(sandbox, tools, server, dialer)
            try:
                assert (await sandbox.report()).isolation is isolation
                yield opened
            finally:
                await sandbox.close()


@dataclass(frozen=True)
class Left:
    """What belongs to us on this machine at one moment."""

    processes: frozenset[int]
    descriptors: frozenset[str]
    files: frozenset[str]

    @classmethod
    def now(cls) -> "Left":
        return cls(
            frozenset(_descendants(os.getpid())),
            frozenset(_descriptors()),
            frozenset(_files()),
        )


def _files() -> list[str]:
    """Return what could be of ours: others use the machine meanwhile."""
    names = []
    for folder in ("/tmp", "/dev/shm", "/var/tmp", "/nonexistent"):
        for entry in Path(folder).glob("*"):
            with contextlib.suppress(OSError):
                if "deno" in entry.name or entry.stat().st_uid == UNPRIVILEGED.uid:
                    names.append(str(entry))
    return names


def _descendants(pid: int) -> set[int]:
    found: set[int] = set()
    waiting = [pid]
    parents = _parents()
    while waiting:
        parent = waiting.pop()
        children = {one for one, its in parents.items() if its == parent} - found
        found |= children
        waiting += children
    return found


def _parents() -> Mapping[int, int]:
    parents = {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            stat = (process / "stat").read_text().rpartition(")")[2].split()
            if stat[0] not in "ZX":
                parents[int(process.name)] = int(stat[1])
    return parents


def _descriptors() -> list[str]:
    names = []
    for descriptor in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            kind = str(descriptor.readlink()).partition(":")[0]
            names.append(f"{descriptor.name}:{kind}")
    return names


@dataclass
class Lag:
    """The longest time that the loop was kept busy between two turns of somebody else's."""

    worst_s: float = 0.0


@asynccontextmanager
async def watching_the_loop() -> AsyncIterator[Lag]:
    """Measure the loop while the block runs: its own processor time, whatever else runs here."""
    lag = Lag()

    async def watch() -> None:
        while True:
            began_s = time.thread_time()
            await asyncio.sleep(0.002)
            lag.worst_s = max(lag.worst_s, time.thread_time() - began_s)

    task = asyncio.create_task(watch())
    try:
        yield lag
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
