"""The self-test of the shell sandbox: it runs where it holds, and says what to do where not."""

import os
import shutil
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from deftly.errors import HandlerUnavailable
from deftly.sandbox.isolation import Isolation
from deftly.sandbox.process import Command, start
from deftly.sandbox.programs import find_programs
from tests.unit.sandbox.shells import descendants, found, sh, shell_sandbox
from tests.world import until

ROOT = Path(__file__).parents[3]


@pytest.fixture
def open_folder():
    """A folder where everybody may read and start programs."""
    made = Path(tempfile.mkdtemp(prefix="deftly-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


async def test_where_it_holds_it_says_what_isolates_and_as_whom():
    async with shell_sandbox() as sandbox:
        assert sandbox.availability() is None
        report = await sandbox.report()
        assert sandbox.availability() == report
    assert (report.kind, report.isolation) == ("shell", Isolation.BUBBLEWRAP)
    # Anybody may read it, so it tells no path of the machine.
    assert "/" not in report.message
    assert "65533" in report.message or find_programs().user is None


async def test_it_is_off_until_the_operator_wants_it():
    def never():
        raise AssertionError

    async with shell_sandbox(programs=never, enabled=False) as sandbox:
        assert sandbox.availability() == await sandbox.report()
        sandbox.warm()
        with pytest.raises(HandlerUnavailable, match=r"write shell: true in deftly\.yaml"):
            await sh(sandbox, "true")
        assert (await sandbox.report()).isolation is Isolation.OFF
    assert descendants() == set()


@pytest.mark.parametrize(
    ("programs", "says"),
    [
        (lambda: found(bubblewrap=None), "install it"),
        (lambda: found(bubblewrap=None, fault="Start it as somebody."), "Start it as somebody."),
        (lambda: found(bubblewrap=Path("/no/bwrap")), "cannot start bubblewrap"),
        (lambda: found(bubblewrap=Path("/bin/false")), "did not come to its end"),
    ],
    ids=["not there", "not allowed", "gone", "something else"],
)
async def test_without_bubblewrap_commands_are_refused_and_told_why(programs, says):
    async with shell_sandbox(programs=programs) as sandbox:
        report = await sandbox.report()
        assert report.isolation is Isolation.NONE
        assert says in report.message
        with pytest.raises(HandlerUnavailable) as refused:
            await sh(sandbox, "true")
        assert refused.value.message == report.message


async def test_a_launcher_that_breaks_tells_its_reason(monkeypatch, open_folder):
    broken = open_folder / "python"
    broken.write_text("#!/bin/sh\necho trace >&2\necho no module named ctypes >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(broken))
    async with shell_sandbox() as sandbox:
        assert "no module named ctypes" in (await sandbox.report()).message


WITHOUT = 'for word; do shift; [ "$word" = {0} ] || set -- "$@" "$word"; done'
HOLES = {
    "files": ('set -- --ro-bind /etc /etc --dir /var "$@"', "sees files of the system"),
    "environment": ("export LEAKED=1", "more in its environment than it was given"),
    "descriptors": ("exec 5</dev/null", "descriptors of the server"),
    "nesting": (WITHOUT.format("--disable-userns"), "can make user namespaces"),
    "sharing": (
        WITHOUT.format("--unshare-all") + '; set -- --unshare-uts "$@"',
        "shares a namespace with the server",
    ),
}


@pytest.mark.parametrize(("hole", "says"), HOLES.values(), ids=HOLES.keys())
async def test_a_sandbox_with_a_hole_is_refused_and_the_hole_is_named(open_folder, hole, says):
    real = find_programs().bubblewrap
    leaking = open_folder / "bwrap"
    leaking.write_text(f'#!/bin/sh\n{hole}\nexec {real} "$@"\n')
    leaking.chmod(0o755)
    async with shell_sandbox(programs=lambda: found(bubblewrap=leaking)) as sandbox:
        report = await sandbox.report()
        with pytest.raises(HandlerUnavailable, match="does not hold"):
            await sh(sandbox, "true")
    assert report.isolation is Isolation.NONE
    assert says in report.message


async def test_what_runs_are_forked_from_is_there_once_it_was_asked_for_and_gone_in_the_end():
    async with shell_sandbox() as sandbox:
        assert descendants() == set()
        sandbox.warm()
        await until(lambda: sandbox.availability() is not None)
        await until(lambda: len(descendants()) == 1)
        waiting = descendants()
        await sh(sandbox, "true")
        await until(lambda: descendants() == waiting)
    assert descendants() == set()


async def test_what_runs_are_forked_from_is_started_again_when_it_died():
    async with shell_sandbox() as sandbox:
        await sandbox.report()
        await until(lambda: len(descendants()) == 1)
        (waiting,) = descendants()
        os.kill(waiting, signal.SIGKILL)
        await until(lambda: descendants() == set())
        assert (await sh(sandbox, "echo again")).stdout == "again\n"


async def test_where_it_does_not_hold_nothing_waits():
    async with shell_sandbox(programs=lambda: found(bubblewrap=None)) as sandbox:
        sandbox.warm()
        await until(lambda: sandbox.availability() is not None)
        assert descendants() == set()


TELLING = """
import asyncio
from tests.unit.sandbox.shells import sh, shell_sandbox
async def main():
    async with shell_sandbox() as sandbox:
        report = await sandbox.report()
        print(report.isolation.value, report.message)
        if report.is_available:
            print((await sh(sandbox, "id -u; true")).stdout)
asyncio.run(main())
"""


async def said_by(*argv: str) -> str:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"}
    async with await start(Command(argv, environment, cwd=ROOT)) as child:
        lines = [line async for line in lines_of(child)]
        return b"".join(lines).decode() or child.stderr_tail


async def lines_of(child):
    while line := await child.read_line():
        yield line


async def test_where_namespaces_are_forbidden_it_says_so_and_what_to_do():
    # A container as Docker makes it: a user who may not make user namespaces.
    bubblewrap = str(find_programs().bubblewrap)
    inside = ("--dev-bind", "/", "/", "--unshare-user", "--uid", "4242", "--disable-userns")
    said = await said_by(bubblewrap, *inside, sys.executable, "-c", TELLING)
    assert said.startswith("none ")
    assert "cannot make a user namespace" in said
    assert "user namespaces are needed" in said or "Allow user namespaces" in said


async def test_an_ordinary_user_needs_no_other_user():
    bubblewrap = str(find_programs().bubblewrap)
    inside = ("--dev-bind", "/", "/", "--unshare-user", "--uid", "4242", "--gid", "0")
    said = await said_by(bubblewrap, *inside, sys.executable, "-c", TELLING)
    assert said.startswith("bubblewrap ")
    assert "as the server's own user" in said
    assert said.endswith("\n4242\n\n"), "as some containers do it: any user, and group 0"
