import contextlib
import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from deftly.errors import ReadOnly, StoreUnavailable
from deftly.store.definition_file import FileProblem
from deftly.store.definitions import DefinitionFiles

NOBODY = 65534
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="mounting takes root")


@pytest.fixture
def folder():
    """A folder that an ordinary user can reach and write, whoever runs the tests."""
    base = Path(tempfile.mkdtemp())
    base.chmod(0o755)
    folder = base / "actions"
    folder.mkdir()
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    yield folder
    shutil.rmtree(base)


@pytest.fixture
def files(folder):
    return DefinitionFiles(folder)


@contextlib.contextmanager
def ordinary_user():
    """Rights mean nothing to root: step down for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextlib.contextmanager
def files_of_at_most(limit_bytes: int):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextlib.contextmanager
def mounted(target: Path, *arguments: str):
    if shutil.which("mount") is None:
        pytest.skip("there is no mount here")
    done = subprocess.run(["mount", *arguments, str(target)], check=False, capture_output=True)
    if done.returncode:
        pytest.skip(f"mounting is not allowed here: {done.stderr.decode()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(target)], check=True)


def names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def put(folder: Path, text: str, mode: int = 0o644) -> None:
    path = folder / "a.yaml"
    path.write_text(text)
    path.chmod(mode)
    if os.geteuid() == 0:
        os.chown(path, NOBODY, NOBODY)


def test_a_folder_without_write_rights_is_read_only(files, folder):
    folder.chmod(0o555)
    with ordinary_user(), pytest.raises(ReadOnly, match=r"a\.yaml cannot be changed.*Make"):
        files.write("a.yaml", {"a": 1}, expected_sha256=None)
    assert names_in(folder) == []


def test_a_folder_that_cannot_be_made_is_read_only(folder):
    folder.chmod(0o555)
    with ordinary_user(), pytest.raises(ReadOnly, match=r"new cannot be changed"):
        DefinitionFiles(folder / "new").write("a.yaml", {"a": 1}, expected_sha256=None)


@pytest.mark.parametrize("step_down", [True, False])
def test_a_file_without_write_rights_is_read_only_even_for_root(files, folder, step_down):
    put(folder, "a: 1\n", 0o444)
    sha256 = files.read("a.yaml").sha256
    with ordinary_user() if step_down else contextlib.nullcontext():
        for attempt in (
            lambda: files.write("a.yaml", {"a": 2}, expected_sha256=sha256),
            lambda: files.delete("a.yaml", expected_sha256=sha256),
            lambda: files.rename("a.yaml", "b.yaml", {"a": 2}, expected_sha256=sha256),
        ):
            with pytest.raises(ReadOnly, match=r"a\.yaml cannot be changed"):
                attempt()
    assert (folder / "a.yaml").read_text() == "a: 1\n"
    assert names_in(folder) == ["a.yaml"]


def test_a_writable_file_in_a_read_only_folder_is_written_in_place(files, folder):
    put(folder, "a: 1  # why\n")
    inode = (folder / "a.yaml").stat().st_ino
    folder.chmod(0o555)
    with ordinary_user():
        sha256 = files.read("a.yaml").sha256
        written = files.write("a.yaml", {"a": 2}, expected_sha256=sha256)
        with pytest.raises(ReadOnly):
            files.delete("a.yaml", expected_sha256=written.sha256)
        renamed = files.rename("a.yaml", "b.yaml", {"a": 3}, expected_sha256=written.sha256)
    assert renamed.name == "a.yaml"
    assert (folder / "a.yaml").read_text() == "a: 3  # why\n"
    assert (folder / "a.yaml").stat().st_ino == inode


def test_an_unreadable_file_is_a_problem_and_not_a_missing_file(files, folder):
    put(folder, "a: 1\n", 0o000)
    with ordinary_user():
        assert list(files.scan()) == ["a.yaml"]
        problem = files.read("a.yaml")
    assert isinstance(problem, FileProblem)
    assert "cannot be read" in problem.message


@pytest.mark.parametrize("mode", [0o000, 0o111])
def test_an_unreadable_folder_is_a_problem_and_not_an_empty_folder(files, folder, mode):
    put(folder, "a: 1\n")
    folder.chmod(mode)
    with ordinary_user():
        problem = files.scan()
    assert isinstance(problem, FileProblem)
    assert problem.file == "actions"


def test_files_that_cannot_be_looked_at_are_problems_and_not_missing(files, folder):
    put(folder, "a: 1\n")
    folder.chmod(0o444)
    with ordinary_user():
        assert list(files.scan()) == ["a.yaml"]
        assert isinstance(files.read("a.yaml"), FileProblem)


def test_a_full_disk_keeps_the_old_file_and_leaves_nothing_behind(files, folder):
    first = files.write("a.yaml", {"a": "x" * 50}, expected_sha256=None)
    with files_of_at_most(100), pytest.raises(StoreUnavailable, match=r"a\.yaml.*Make room"):
        files.write("a.yaml", {"a": "y" * 5000}, expected_sha256=first.sha256)
    with files_of_at_most(100), pytest.raises(StoreUnavailable):
        files.write("b.yaml", {"a": "y" * 5000}, expected_sha256=None)
    assert files.read("a.yaml") == first
    assert names_in(folder) == ["a.yaml"]


def test_a_disk_that_fills_while_writing_in_place_gets_the_old_bytes_back(files, folder):
    put(folder, "a: " + "x" * 50 + "\n")
    folder.chmod(0o555)
    with ordinary_user():
        first = files.read("a.yaml")
        with files_of_at_most(100), pytest.raises(StoreUnavailable):
            files.write("a.yaml", {"a": "y" * 5000}, expected_sha256=first.sha256)
        assert files.read("a.yaml") == first


@AS_ROOT
def test_a_file_system_that_is_really_full_refuses_and_keeps_the_file(folder):
    with mounted(folder, "-t", "tmpfs", "-o", "size=64k", "none"):
        files = DefinitionFiles(folder)
        first = files.write("a.yaml", {"a": "x" * 30_000}, expected_sha256=None)
        with pytest.raises(StoreUnavailable, match="No space left"):
            files.write("a.yaml", {"a": "y" * 60_000}, expected_sha256=first.sha256)
        assert files.read("a.yaml") == first
        assert names_in(folder) == ["a.yaml"]


@AS_ROOT
def test_a_mounted_file_is_written_in_place_and_keeps_its_name(files, folder, tmp_path):
    outside = tmp_path / "outside.yaml"
    outside.write_text("a: 1  # why\n")
    put(folder, "")
    with mounted(folder / "a.yaml", "--bind", str(outside)):
        sha256 = files.read("a.yaml").sha256
        written = files.write("a.yaml", {"a": 2}, expected_sha256=sha256)
        assert outside.read_text() == "a: 2  # why\n"
        renamed = files.rename("a.yaml", "b.yaml", {"a": 3}, expected_sha256=written.sha256)
        assert renamed.name == "a.yaml"
        assert outside.read_text() == "a: 3  # why\n"
        with pytest.raises(ReadOnly):
            files.delete("a.yaml", expected_sha256=renamed.sha256)
        assert names_in(folder) == ["a.yaml"]


@AS_ROOT
def test_a_read_only_mount_is_read_only_for_root_too(folder):
    with mounted(folder, "-t", "tmpfs", "none"):
        files = DefinitionFiles(folder)
        sha256 = files.write("a.yaml", {"a": 1}, expected_sha256=None).sha256
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        for attempt in (
            lambda: files.write("a.yaml", {"a": 2}, expected_sha256=sha256),
            lambda: files.write("b.yaml", {"a": 2}, expected_sha256=None),
            lambda: files.delete("a.yaml", expected_sha256=sha256),
            lambda: files.rename("a.yaml", "b.yaml", {"a": 2}, expected_sha256=sha256),
        ):
            with pytest.raises(ReadOnly):
                attempt()


@pytest.mark.parametrize("code", [errno.EBUSY, errno.EXDEV, errno.EPERM])
def test_a_name_that_cannot_be_replaced_is_written_in_place(files, folder, monkeypatch, code):
    put(folder, "a: 1  # why\n")
    sha256 = files.read("a.yaml").sha256

    def refuse(path, target):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "replace", refuse)
    files.write("a.yaml", {"a": 2}, expected_sha256=sha256)
    assert (folder / "a.yaml").read_text() == "a: 2  # why\n"
    assert names_in(folder) == ["a.yaml"]


WRITES_FOREVER = """
import sys
from pathlib import Path
from deftly.store.definitions import DefinitionFiles
files = DefinitionFiles(Path(sys.argv[1]))
found = files.read("a.yaml")
number = 0
while True:
    number += 1
    wanted = {"n": number, "text": str(number) * 20_000}
    found = files.write("a.yaml", wanted, expected_sha256=found.sha256)
    print(number, flush=True)
"""


def test_a_writer_that_is_killed_leaves_a_whole_file_and_the_lock_free(files, folder):
    files.write("a.yaml", {"n": 0, "text": ""}, expected_sha256=None)
    for round_number in range(5):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITES_FOREVER, str(folder)], stdout=subprocess.PIPE
        )
        with child:
            assert child.stdout
            for _ in range(round_number + 1):
                child.stdout.readline()
            child.send_signal(signal.SIGKILL)
        found = files.read("a.yaml")
        number = found.definition["n"]
        assert found.definition["text"] == str(number) * 20_000
        assert list(files.scan()) == ["a.yaml"]
        files.write("a.yaml", {"n": 0, "text": ""}, expected_sha256=found.sha256)
        assert names_in(folder) == ["a.yaml"]
