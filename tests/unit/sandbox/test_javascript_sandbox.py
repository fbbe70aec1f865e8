"""Which isolation is used, that runs queue, and that nothing is left behind."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from deftly.errors import HandlerUnavailable, LimitExceeded
from deftly.sandbox import self_test
from deftly.sandbox.isolation import Isolation
from deftly.sandbox.javascript.sandbox import JavaScriptSandbox
from deftly.sandbox.javascript.script import FetchAnswer, FetchRequest, Script
from deftly.sandbox.programs import Programs, find_programs
from tests.coding import HOST, WALLS, Left, coding, programs_for
from tests.world import until

NO_BUBBLEWRAP = """#!/bin/sh
echo "bwrap: No permissions to create new namespace" >&2
exit 1
"""


async def no_fetch(request: FetchRequest) -> FetchAnswer:
    raise AssertionError(request.url)


def program(folder: Path, name: str, text: str) -> Path:
    made = folder / name
    made.write_text(text)
    made.chmod(0o755)
    return made


async def value_of(sandbox: JavaScriptSandbox, code: str) -> object:
    return (await sandbox.run(Script(code), no_fetch)).value


async def test_bubblewrap_is_used_where_it_works():
    sandbox = JavaScriptSandbox(find_programs)
    assert sandbox.availability() is None
    report = await sandbox.report()
    assert sandbox.availability() is report
    assert report.isolation is Isolation.BUBBLEWRAP
    assert report.is_available
    await sandbox.close()


async def test_deno_runs_alone_where_bubblewrap_is_not_there():
    sandbox = JavaScriptSandbox(lambda: programs_for(Isolation.DENO))
    report = await sandbox.report()
    assert report.isolation is Isolation.DENO
    assert "bubblewrap is not here; install it" in report.message
    assert await value_of(sandbox, "return 1") == 1
    await sandbox.close()


async def test_deno_runs_alone_where_bubblewrap_cannot_work(folder):
    folder.chmod(0o755)
    broken = program(folder, "bwrap", NO_BUBBLEWRAP)
    sandbox = JavaScriptSandbox(lambda: replace(find_programs(), bubblewrap=broken))
    report = await sandbox.report()
    assert report.isolation is Isolation.DENO
    assert "bwrap: No permissions to create new namespace" in report.message
    assert "user namespaces" in report.message
    assert await value_of(sandbox, "return 1") == 1
    await sandbox.close()


@pytest.mark.parametrize(
    ("programs", "says"),
    [
        (Programs(None, None), "install it (pip install deno"),
        (Programs(None, None, fault="Deftly runs as root."), "Deftly runs as root."),
        (Programs(None, Path("/nonexistent/deno")), "Deno alone: it cannot be started"),
        (Programs(None, Path("/bin/true")), "Deno alone: it ended at once (exit code 0)"),
        (Programs(None, Path("/bin/cat")), "Deno alone: /bin/cat: "),
    ],
)
async def test_code_is_refused_with_what_to_do_where_nothing_isolates(programs, says):
    sandbox = JavaScriptSandbox(lambda: programs)
    report = await sandbox.report()
    assert report.isolation is Isolation.NONE
    assert not report.is_available
    assert says in report.message
    with pytest.raises(HandlerUnavailable) as refused:
        await value_of(sandbox, "return 1")
    assert refused.value.message == report.message
    await sandbox.close()


async def test_an_isolation_that_does_not_hold_is_not_used(folder):
    deno = find_programs().deno
    folder.chmod(0o755)
    loose = program(
        folder,
        "deno",
        f'#!/bin/bash\nexec {deno} run --allow-read --allow-env "${{@:2}}"\n',
    )
    sandbox = JavaScriptSandbox(lambda: replace(find_programs(), bubblewrap=None, deno=loose))
    report = await sandbox.report()
    assert report.isolation is Isolation.NONE
    assert "code could import files, list folders" in report.message
    await sandbox.close()


async def test_runs_beyond_the_places_wait_in_the_order_they_came():
    sandbox = JavaScriptSandbox(find_programs, concurrency=1)
    ended: list[int] = []

    async def one(number: int) -> None:
        await value_of(sandbox, "return await new Promise((done) => setTimeout(done, 20, 1))")
        ended.append(number)

    await sandbox.report()
    await asyncio.gather(*(one(number) for number in range(6)))
    assert ended == [*range(6)]
    await sandbox.close()


async def test_a_wait_for_a_place_does_not_use_up_the_runs_own_time():
    sandbox = JavaScriptSandbox(find_programs, concurrency=1)
    first = asyncio.create_task(
        sandbox.run(Script("await new Promise(() => {})", timeout_s=1.0), no_fetch)
    )
    second = asyncio.create_task(sandbox.run(Script("return 1", timeout_s=0.9), no_fetch))
    assert (await second).value == 1
    with pytest.raises(LimitExceeded):
        await first
    await sandbox.close()


async def test_a_run_that_has_no_turn_in_time_is_refused(monkeypatch):
    monkeypatch.setattr("deftly.sandbox.turns.WAIT_LIMIT_S", 0.1)
    sandbox = JavaScriptSandbox(find_programs, concurrency=1)
    await sandbox.report()
    first = asyncio.create_task(
        sandbox.run(Script("await new Promise(() => {})", timeout_s=1.0), no_fetch)
    )
    await asyncio.sleep(0)
    with pytest.raises(LimitExceeded, match="no turn"):
        await value_of(sandbox, "return 1")
    with pytest.raises(LimitExceeded, match="after 1 s and"):
        await first
    assert await value_of(sandbox, "return 1") == 1
    await sandbox.close()


async def test_processes_are_started_ahead_and_all_end_with_the_sandbox():
    before = Left.now()
    sandbox = JavaScriptSandbox(find_programs)
    await sandbox.report()
    sandbox.warm()
    await until(lambda: len(Left.now().processes - before.processes) >= 2)
    await sandbox.close()
    await until(lambda: Left.now() == before)


async def test_a_cancelled_run_is_gone_and_gives_its_place_back():
    before = Left.now()
    sandbox = JavaScriptSandbox(find_programs, concurrency=1)
    await sandbox.report()
    for wait_s in (0.0, 0.005, 0.02, 0.1, 0.3):
        run = asyncio.create_task(value_of(sandbox, "for (;;) {}"))
        await asyncio.sleep(wait_s)
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
    assert await value_of(sandbox, "return 1") == 1
    await sandbox.close()
    await until(lambda: Left.now() == before)


@pytest.mark.slow
@pytest.mark.parametrize("isolation", WALLS)
async def test_two_hundred_runs_at_once_end_and_leave_nothing_behind(folder, isolation):
    before = Left.now()
    async with coding(folder, isolation) as world:
        await world.run(f"return (await fetch('https://{HOST}/')).status")
        ran = await asyncio.gather(
            *(
                world.run(f"await fetch('https://{HOST}/'); return params.n", n=number)
                for number in range(200)
            )
        )
        assert [one.value for one in ran] == [*range(200)]
        assert len(world.upstream.requests) == 201
    await until(lambda: Left.now() == before)


@pytest.mark.slow
async def test_no_process_descriptor_or_file_outlives_the_runs():
    before = Left.now()
    sandbox = JavaScriptSandbox(find_programs)
    codes = (
        "return 1",
        "for (;;) {}",
        "await caches.open('x')",
        "localStorage.a = 1",
        "throw 1",
        "const a = []; for (;;) a.push(new Uint8Array(1e7).fill(1))",
        "for (;;) console.log('x'.repeat(1000))",
    )
    scripts = [
        Script(code, timeout_s=1.0, is_test=test) for code in codes for test in (False, True)
    ]
    await asyncio.gather(
        *(sandbox.run(script, no_fetch) for script in scripts), return_exceptions=True
    )
    await sandbox.close()
    await until(lambda: Left.now() == before)


async def test_what_failed_once_is_tried_again_after_a_while(monkeypatch):
    found = [Programs(None, None), find_programs()]
    sandbox = JavaScriptSandbox(lambda: found.pop(0))
    assert not (await sandbox.report()).is_available
    assert not (await sandbox.report()).is_available
    monkeypatch.setattr(self_test, "TRY_AGAIN_S", -1.0)
    assert (await sandbox.report()).is_available
    assert await value_of(sandbox, "return 1") == 1
    await sandbox.close()


async def test_a_start_that_is_given_up_halfway_comes_to_its_end():
    before = Left.now()
    sandbox = JavaScriptSandbox(find_programs)
    await sandbox.report()
    for step in range(30):
        run = asyncio.create_task(value_of(sandbox, "return 1"))
        await asyncio.sleep(step / 3_000)
        run.cancel()
        async with asyncio.timeout(4):
            await asyncio.gather(run, return_exceptions=True)
    await sandbox.close()
    await until(lambda: Left.now() == before)
