import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
import uvloop

from deftly.sandbox.process import MINIMAL_ENVIRONMENT, Command, Limits, start

PYTHON = sys.executable
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="uses /proc and PR_SET_PDEATHSIG")


def python(source: str, **fields) -> Command:
    return Command((PYTHON, "-I", "-S", "-c", source), **fields)


async def output_of(command: Command) -> str:
    async with await start(command) as child:
        child.end_input()
        chunks = [chunk async for chunk in chunks_of(child)]
        await child.wait()
        return b"".join(chunks).decode()


async def chunks_of(child):
    while chunk := await child.read():
        yield chunk


async def flood(child) -> None:
    for _ in range(50):
        await child.write(b"x" * 100_000)


async def until(holds, deadline_s: float = 20.0) -> None:
    async with asyncio.timeout(deadline_s):
        while not holds():  # noqa: ASYNC110  # another process decides when
            await asyncio.sleep(0.01)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


async def test_the_child_sees_exactly_the_given_environment(monkeypatch):
    monkeypatch.setenv("A_SECRET", "hunter2")
    seen = await output_of(
        python("import os; print(sorted(os.environ))", environment={"ONLY": "this"})
    )
    # LC_CTYPE is Python's own coercion inside the child.
    assert set(eval(seen)) - {"LC_CTYPE"} == {"ONLY"}  # noqa: S307  # our own list of names


async def test_the_default_environment_is_the_minimal_one():
    seen = await output_of(python("import os; print(os.environ['HOME'], os.environ['PATH'])"))
    assert seen.split() == [MINIMAL_ENVIRONMENT["HOME"], MINIMAL_ENVIRONMENT["PATH"]]


async def test_lines_go_in_and_come_out():
    echo = python("import sys\nfor line in sys.stdin: print(line.upper(), end='', flush=True)")
    async with await start(echo) as child:
        await child.write(b"one\n")
        assert await child.read_line() == b"ONE\n"
        await child.write(b"two\n")
        assert await child.read_line() == b"TWO\n"
        child.end_input()
        assert await child.wait() == 0
        assert await child.read_line() == b""


async def test_the_end_of_stderr_is_kept_and_a_flood_does_not_block():
    source = "import sys; sys.stderr.write('x' * 300_000 + 'the end'); print('done')"
    async with await start(python(source, kept_stderr_bytes=1000)) as child:
        assert await child.read_line() == b"done\n"
        assert await child.wait() == 0
        await until(lambda: child.stderr_tail.endswith("the end"))
        assert len(child.stderr_tail) == 1000


async def test_a_line_over_the_limit_is_refused():
    async with await start(python("print('x' * 5000)", line_bytes=1000)) as child:
        with pytest.raises(ValueError, match="limit"):
            await child.read_line()


@ON_LINUX
async def test_closing_kills_the_grandchildren_too():
    source = (
        "import subprocess, sys\n"
        "inner = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(inner.pid, flush=True)\ninner.wait()"
    )
    async with await start(python(source)) as child:
        grandchild = int(await child.read_line())
        assert is_running(grandchild)
    assert child.returncode == -signal.SIGKILL
    await until(lambda: not is_running(grandchild))


@ON_LINUX
async def test_the_child_dies_with_its_parent():
    inner = f"[{PYTHON!r}, '-I', '-S', '-c', 'import time; time.sleep(60)']"
    source = (
        "import asyncio, os, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parents[3] / 'src')!r})\n"
        "from deftly.sandbox.process import Command, start\n"
        "async def main():\n"
        f"    child = await start(Command(tuple({inner})))\n"
        "    print(child.pid, flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
        "asyncio.run(main())"
    )
    async with await start(Command((PYTHON, "-c", source))) as parent:
        child_pid = int(await parent.read_line())
        assert await parent.wait() == -signal.SIGKILL
    await until(lambda: not is_running(child_pid))


@pytest.mark.parametrize(
    ("limits", "constant", "expected"),
    [
        (Limits(data_bytes=123 << 20), "RLIMIT_DATA", 123 << 20),
        (Limits(cpu_s=7), "RLIMIT_CPU", 7),
        (Limits(file_bytes=4096), "RLIMIT_FSIZE", 4096),
        (Limits(open_files=20), "RLIMIT_NOFILE", 20),
        (Limits(), "RLIMIT_CORE", 0),
    ],
)
async def test_limits_hold_from_the_first_instruction(limits, constant, expected):
    source = f"import resource; print(*resource.getrlimit(resource.{constant}))"
    assert (await output_of(python(source, limits=limits))).split() == [str(expected)] * 2


@ON_LINUX
@pytest.mark.parametrize("new_loop", [asyncio.new_event_loop, uvloop.new_event_loop])
def test_the_child_has_no_descriptor_of_ours_and_a_group_of_its_own(new_loop):
    leaked = os.open(os.devnull, os.O_RDONLY)
    os.set_inheritable(leaked, True)  # noqa: FBT003  # takes no name
    source = (
        "import os; fds = os.listdir('/proc/self/fd')\n"
        "print(sorted(fds), os.getpgid(0), os.getsid(0))"
    )

    async def tried() -> None:
        async with await start(python(source)) as child:
            names, group, session = (await child.read_line()).decode().rsplit(" ", 2)
            # The fourth one is the folder that is being listed.
            assert names == "['0', '1', '2', '3']"
            assert int(group) == int(session) == child.pid

    try:
        with asyncio.Runner(loop_factory=new_loop) as runner:
            runner.run(tried())
    finally:
        os.close(leaked)


@ON_LINUX
async def test_a_passed_descriptor_arrives_under_its_number():
    reading, writing = os.pipe()
    try:
        source = f"import os; os.write({writing}, b'here')"
        async with await start(python(source, pass_fds=(writing,))) as child:
            assert await child.wait() == 0
        assert os.read(reading, 10) == b"here"
    finally:
        os.close(reading)
        os.close(writing)


async def test_a_program_without_an_absolute_path_is_refused():
    with pytest.raises(ValueError, match="absolute path"):
        await start(Command(("python3",)))


async def test_a_missing_program_is_reported_at_once():
    with pytest.raises(FileNotFoundError):
        await start(Command(("/no/such/program",)))


async def test_writing_to_a_dead_child_is_an_error_not_a_silence():
    async with await start(python("")) as child:
        await child.wait()
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            await flood(child)


async def test_closing_twice_is_harmless():
    child = await start(python("import time; time.sleep(60)"))
    await child.close()
    await child.close()
    assert child.returncode == -signal.SIGKILL
