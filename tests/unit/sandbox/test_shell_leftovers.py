"""After a run nothing of it is there, however it was started and however it ends."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from deftly.errors import LimitExceeded
from deftly.sandbox.process import Command, start
from tests.unit.sandbox.shells import (
    adopting_orphans,
    descendants,
    descriptors,
    sh,
    shell_sandbox,
)
from tests.world import until


@pytest.fixture(autouse=True)
def counted():
    with adopting_orphans():
        yield


BEHIND = {
    "a background child": "sleep 1000 & echo bye",
    "a child in a session of its own": "(setsid sleep 1000 &) ; echo bye",
    "a grandchild whose parents are gone": "( ( setsid sleep 1000 & ) & ) ; echo bye",
    "closed outputs": "setsid sleep 1000 >&- 2>&- & echo bye",
    "kept outputs": "sleep 1000 & sleep 1000 >&2 & echo bye",
    "deaf ones": "(trap '' TERM INT HUP QUIT PIPE; sleep 1000) & echo bye",
    "stopped ones": "sleep 1000 & kill -STOP $!; echo bye",
}
ENDLESS = {
    "waiting": "sleep 1000",
    "busy": "while :; do :; done",
    "deaf": "trap '' TERM INT HUP QUIT PIPE; while :; do :; done",
    "silent": "exec >&- 2>&-; sleep 1000",
    "stopped": "kill -STOP $$; echo no",
    "in other sessions": "setsid --wait setsid --wait sleep 1000",
    "killing all": "while kill -9 -1; do :; done; sleep 1000",
    "multiplying": "( f() { f | f & }; f ) & while :; do :; done",
    "multiplying without pipes": "( f() { f & f & }; f ) & while :; do :; done",
    "writing slowly": "while :; do echo x; sleep 0.1; done",
}
FLOODS = {
    "output": "yes",
    "both outputs": "yes & yes >&2",
    "blocks": "dd if=/dev/zero bs=1M count=4096 2>/dev/null | cat",
    "many writers": "for i in 1 2 3 4 5 6 7 8; do yes & done; wait",
}
HUNGRY = {
    "memory": "python3 -c 'bytearray(4 << 30)' || perl -e '$x = \"x\" x (4 << 30)'",
    "files": "for i in 1 2 3 4 5 6 7 8; do head -c 9000000 /dev/zero > /tmp/$i || exit 7; done",
    "shared memory": "for i in 1 2; do head -c 9000000 /dev/zero > /dev/shm/$i || exit 7; done",
    "descriptors": 'for i in $(seq 3 300); do eval "exec $i</dev/null" || exit 9; done',
    "processor": "timeout 50 sh -c 'while :; do :; done'",
}


@pytest.mark.parametrize("script", BEHIND.values(), ids=BEHIND.keys())
async def test_what_a_command_leaves_behind_ends_with_it(script):
    async with shell_sandbox() as sandbox:
        await sandbox.report()
        ended = await sh(sandbox, script, timeout_s=20)
        assert ended.stdout == "bye\n"
    assert descendants() == set()


@pytest.mark.parametrize("script", ENDLESS.values(), ids=ENDLESS.keys())
async def test_an_endless_command_ends_at_its_deadline(script):
    async with shell_sandbox() as sandbox:
        await sandbox.report()
        async with asyncio.timeout(20):
            with pytest.raises(LimitExceeded, match="still running after"):
                await sh(sandbox, script, timeout_s=1.5)
    assert descendants() == set()


@pytest.mark.parametrize("script", FLOODS.values(), ids=FLOODS.keys())
async def test_a_flood_ends_early(script):
    async with shell_sandbox() as sandbox:
        await sandbox.report()
        async with asyncio.timeout(40):
            with pytest.raises(LimitExceeded, match="16 MiB"):
                await sh(sandbox, script, timeout_s=38)
    assert descendants() == set()


@pytest.mark.slow
@pytest.mark.parametrize("script", HUNGRY.values(), ids=HUNGRY.keys())
async def test_a_hungry_command_comes_to_an_end_of_its_own(script):
    async with shell_sandbox() as sandbox:
        await sandbox.report()
        async with asyncio.timeout(48):
            ended = await sh(sandbox, script, timeout_s=45)
        assert ended.exit_code != 0
    assert descendants() == set()


@pytest.mark.slow
async def test_fifty_runs_leave_no_process_no_descriptor_and_no_file():
    async with shell_sandbox() as sandbox:
        await sh(sandbox, "true")
    before, files = descriptors(), temporary_files()
    async with shell_sandbox() as sandbox:
        script = "echo x > /tmp/x; setsid sleep 9 & echo bye"
        all_ended = await asyncio.gather(*(sh(sandbox, script) for _ in range(50)))
        assert {ended.stdout for ended in all_ended} == {"bye\n"}
        await until(lambda: len(descendants()) == 1)  # what runs are forked from
    assert descendants() == set()
    assert descriptors() == before
    assert "x" not in temporary_files() - files


def temporary_files() -> set[str]:
    places = [Path("/tmp"), Path("/dev/shm"), Path("/var/tmp")]
    return {found.name for place in places for found in place.iterdir()}


async def test_a_run_whose_caller_leaves_ends_at_once():
    async with shell_sandbox() as sandbox:
        await sandbox.report()
        running = asyncio.create_task(sh(sandbox, "setsid sleep 1000"))
        await until(lambda: len(descendants()) >= 4)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert descendants() == set()


SERVER = """
import asyncio, sys
from tests.unit.sandbox.shells import sh, shell_sandbox
async def main():
    async with shell_sandbox() as sandbox:
        await sandbox.report()
        sandbox.warm()
        await asyncio.gather(*(sh(sandbox, "setsid sleep 1000", 60.0) for _ in range(2)))
asyncio.run(main())
"""


async def test_a_run_that_is_ended_while_it_starts_leaves_nothing():
    async with shell_sandbox() as sandbox:
        await sandbox.report()
        for after_ms in range(1, 25):
            with suppress(LimitExceeded):
                await sh(sandbox, "setsid sleep 1000 & sleep 1000", after_ms / 1000)
        await until(lambda: len(descendants()) == 1)
    assert descendants() == set()


@pytest.mark.slow
@pytest.mark.parametrize("grown", [2, 3, 4, 6, 8, 10])
async def test_nothing_outlives_a_server_that_is_killed(grown):
    root = Path(__file__).parents[3]
    async with await start(Command((sys.executable, "-c", SERVER), cwd=root)) as server:
        # Server, what is forked, and for each run: its launcher, bubblewrap twice, setsid or sleep.
        await until(lambda: len(descendants()) >= grown, 20)
        os.kill(server.pid, signal.SIGKILL)
        await server.wait()
        # They have lost their parents, and are ours to collect.
        await until(lambda: not any(_is_running(pid) for pid in descendants()))


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
