"""The programs that isolate are found, and are where the user who runs them can start them."""

import os
from pathlib import Path

import pytest

from deftly.sandbox import programs
from deftly.sandbox.process import Command, start
from deftly.sandbox.programs import UNPRIVILEGED, find_programs

is_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def make_installation(folder: Path) -> Path:
    """Return a program in a folder that nobody else may enter."""
    program = folder / "private" / "bin" / "deno"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\nid -u\n")
    program.chmod(0o755)
    (folder / "private").chmod(0o700)
    folder.chmod(0o755)
    return program


def test_both_programs_are_found():
    found = find_programs()

    assert found.bubblewrap is not None
    assert found.deno is not None
    assert not found.fault


@is_root
async def test_what_the_unprivileged_user_cannot_read_is_started_as_a_copy(folder, monkeypatch):
    program = make_installation(folder)
    monkeypatch.setattr(programs, "_deno", lambda: program)

    found = find_programs(folder / "copies")
    again = find_programs(folder / "copies")

    assert found.deno != program
    assert again.deno == found.deno
    async with await start(Command((str(found.deno),), user=found.user)) as child:
        assert await child.read() == f"{UNPRIVILEGED.uid}\n".encode()


@is_root
def test_a_changed_program_is_copied_anew(folder, monkeypatch):
    program = make_installation(folder)
    monkeypatch.setattr(programs, "_deno", lambda: program)
    before = find_programs(folder / "copies").deno

    program.write_text("#!/bin/sh\necho newer\n")
    after = find_programs(folder / "copies").deno

    assert before != after
    assert after is not None
    assert "newer" in after.read_text()


@is_root
def test_where_no_copy_can_be_made_there_is_no_program(folder, monkeypatch):
    program = make_installation(folder)
    monkeypatch.setattr(programs, "_deno", lambda: program)
    (folder / "copies").write_text("in the way")

    assert find_programs(folder / "copies").deno is None


@is_root
def test_as_root_without_other_users_nothing_is_started(monkeypatch):
    monkeypatch.setattr(programs, "_is_mapped", lambda _: False)

    found = find_programs()

    assert (found.bubblewrap, found.deno) == (None, None)
    assert "start Deftly as an ordinary user" in found.fault
