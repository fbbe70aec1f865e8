"""What a run in a sandbox costs, beside the bare processes it is made of, in turns.

Bars: a prewarmed code run with one request below a cold ``deno run`` of an empty script; a shell
run of ``true`` below four bare ``bwrap … true``. Then 200 code runs at once, and what they leave.
"""

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from deftly.app import Deftly, open_deftly
from deftly.domain.access import LOCAL_OWNER
from deftly.domain.run import Call, Status, Trigger
from deftly.sandbox.jail import Jail
from deftly.sandbox.process import Command, start
from deftly.sandbox.programs import Programs, find_programs
from deftly.settings import load_settings

SAMPLES = 15
AT_ONCE = 200
SHELL_BAR = 4.0
# Between two samples: processes are started ahead in the background.
REST_S = 0.3

_ACTIONS = {
    "fetch_once": "{type: code, code: 'return (await fetch(params.url)).status'}",
    "add_one": "{type: code, code: 'return params.a + 1'}",
    "do_nothing": "{type: shell, command: 'true'}",
}
_PARAMETERS = {"fetch_once": "url", "add_one": "a"}


@dataclass(frozen=True, slots=True)
class Sampled:
    """One thing that is timed."""

    label: str
    run: Callable[[], Awaitable[object]]
    times_ms: list[float] = field(default_factory=list)

    @property
    def median_ms(self) -> float:
        """The median so far."""
        return statistics.median(self.times_ms)

    async def sample(self) -> None:
        """Time it once more."""
        started = time.perf_counter()
        await self.run()
        self.times_ms.append((time.perf_counter() - started) * 1000)


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")
    await writer.drain()
    writer.close()


@asynccontextmanager
async def upstream() -> AsyncIterator[int]:
    """Serve ``ok`` on a loopback port."""
    server = await asyncio.start_server(_answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def make_folder(folder: Path) -> None:
    """Write the actions that are run."""
    (folder / "actions").mkdir()
    for tool, handler in _ACTIONS.items():
        name = _PARAMETERS.get(tool)
        parameters = f"[{{name: {name}, required: true, type: {_type_of(name)}}}]" if name else "[]"
        lines = [f"name: {tool.upper()}", "description: For the bench.", f"handler: {handler}"]
        lines += [f"parameters: {parameters}", "executionMode: auto", "acknowledgeWrites: true"]
        (folder / f"actions/{tool}.yaml").write_text("\n".join([*lines, ""]))


def _type_of(name: str) -> str:
    return "number" if name == "a" else "string"


async def call(deftly: Deftly, tool: str, **arguments: str | float) -> None:
    """Call a tool as its owner; anything but success stops the bench."""
    outcome = await deftly.engine.call(Call(tool, dict(arguments), LOCAL_OWNER, Trigger.CLI))
    assert outcome.status is Status.SUCCEEDED, outcome


async def spawn(argv: Sequence[str], programs: Programs) -> None:
    """Start a bare process, as whom sandboxes run, and wait for its end."""
    async with await start(Command(tuple(argv), user=programs.user)) as child:
        assert await child.wait() == 0, child.stderr_tail


@contextmanager
def empty_script() -> Iterator[str]:
    """Keep an empty script that anybody may read."""
    with tempfile.NamedTemporaryFile(suffix=".js") as file:
        Path(file.name).chmod(0o644)
        yield file.name


@asynccontextmanager
async def opened(port: int) -> AsyncIterator[Deftly]:
    """Open an installation whose sandboxes have passed their self-test and hold no process."""
    with tempfile.TemporaryDirectory() as name:
        make_folder(Path(name))
        given = {"dir": name, "shell": True, "egress_allow": [f"127.0.0.1:{port}"]}
        async with open_deftly(load_settings(given)) as deftly:
            for report in await deftly.sandboxes.reports():
                report.require()
            yield deftly


async def cold(port: int) -> float:
    """Return what the first run of an installation takes, its self-test left out."""
    async with opened(port) as deftly:
        started = time.perf_counter()
        await call(deftly, "fetch_once", url=f"http://127.0.0.1:{port}/")
        return (time.perf_counter() - started) * 1000


def left_behind() -> tuple[int, int, set[str]]:
    """Return child processes, descriptors and temporary files there are now."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    files = {one.name for one in Path(tempfile.gettempdir()).iterdir()}
    return len(children), len([*Path("/proc/self/fd").iterdir()]), files


async def many(port: int) -> tuple[float, list[str]]:
    """Run code many times at once; return the seconds and what was left behind."""
    before = left_behind()
    async with opened(port) as deftly:
        started = time.perf_counter()
        await asyncio.gather(*(call(deftly, "add_one", a=number) for number in range(AT_ONCE)))
        took_s = time.perf_counter() - started
    after = left_behind()
    found = zip(("processes", "descriptors"), before[:2], after[:2], strict=True)
    left = [f"{now - was} {what}" for what, was, now in found if now > was]
    return took_s, left + sorted(after[2] - before[2])


def things(deftly: Deftly, port: int, script: str) -> tuple[Sampled, ...]:
    """Return what is timed: bare processes, and runs that are made of them."""
    programs = find_programs()
    assert programs.deno is not None, "no Deno here"
    assert programs.bubblewrap is not None, "no bubblewrap here"
    deno = (str(programs.deno), "run", "--no-config", "--no-lock", script)
    jailed = Jail(programs.bubblewrap).argv(["/bin/true"])
    url = f"http://127.0.0.1:{port}/"
    return (
        Sampled("bare true", lambda: spawn(["/bin/true"], programs)),
        Sampled("bare bwrap true", lambda: spawn(jailed, programs)),
        Sampled("bare deno run, empty", lambda: spawn(deno, programs)),
        Sampled("code, one request", lambda: call(deftly, "fetch_once", url=url)),
        Sampled("shell, true", lambda: call(deftly, "do_nothing")),
    )


async def time_in_turns(rows: Sequence[Sampled]) -> None:
    """Time each once, then each again, so that a busy moment meets them all."""
    for row in rows:
        await row.run()  # the first of each finds nothing in the caches
    for _ in range(SAMPLES):
        for row in rows:
            await asyncio.sleep(REST_S)
            await row.sample()


async def measure() -> bool:
    """Print the table; tell whether every bar was kept."""
    async with upstream() as port, opened(port) as deftly:
        with empty_script() as script:
            rows = things(deftly, port, script)
            await time_in_turns(rows)
        first = statistics.median([await cold(port) for _ in range(5)])
        took_s, left = await many(port)
    for row in rows:
        print(f"{row.label:<28}{row.median_ms:>9.1f} ms")
    print(f"{'code, one request, cold':<28}{first:>9.1f} ms")
    print(f"{f'code, {AT_ONCE} at once':<28}{took_s:>9.1f} s, left behind: {left or 'nothing'}")
    _, wrapped, empty_ms, code, shell = (row.median_ms for row in rows)
    print(f"{'code to a cold deno run':<28}{code / empty_ms:>9.2f}  (bar 1)")
    print(f"{'shell to a bare bwrap':<28}{shell / wrapped:>9.2f}  (bar {SHELL_BAR:g})")
    return code < empty_ms and shell < SHELL_BAR * wrapped and not left
