import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from deftly.errors import EditConflict, StoreUnavailable
from deftly.store import folder_lock
from deftly.store.definitions import DefinitionFiles
from deftly.store.folder_lock import exclusive, shared

WRITERS = 8

# Waits for a line, then writes once; tells whether it won.
WRITES_ONCE = """
import sys
from pathlib import Path
from deftly.errors import EditConflict
from deftly.store.definitions import DefinitionFiles
folder, writer, sha256 = sys.argv[1:]
files = DefinitionFiles(Path(folder))
print("ready", flush=True)
sys.stdin.readline()
try:
    wanted = {"writer": int(writer), "text": writer * 50_000}
    files.write("a.yaml", wanted, expected_sha256=sha256 or None)
    print("won")
except EditConflict:
    print("conflict")
"""


@pytest.fixture
def files(tmp_path):
    return DefinitionFiles(tmp_path / "actions")


def is_whole(definition) -> bool:
    return bool(definition["text"] == str(definition["writer"]) * 50_000)


def start_writer(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITES_ONCE, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def attempt(files, start, writer: int, sha256: str | None) -> str:
    start.wait()
    try:
        wanted = {"writer": writer, "text": str(writer) * 50_000}
        files.write("a.yaml", wanted, expected_sha256=sha256)
    except EditConflict:
        return "conflict"
    return "won"


def test_of_racing_threads_one_wins_and_the_others_get_a_conflict(files):
    sha256 = None
    for first in range(0, 10 * WRITERS, WRITERS):
        start = threading.Barrier(WRITERS)
        with ThreadPoolExecutor(WRITERS) as pool:
            ends = [
                pool.submit(attempt, DefinitionFiles(files.folder), start, writer, sha256)
                for writer in range(first, first + WRITERS)
            ]
        assert sorted(end.result() for end in ends) == ["conflict"] * (WRITERS - 1) + ["won"]
        found = files.read("a.yaml")
        assert is_whole(found.definition)
        sha256 = found.sha256


@pytest.mark.parametrize("exists", [False, True])
def test_of_racing_processes_one_wins_and_the_others_get_a_conflict(files, exists):
    sha256 = files.write("a.yaml", {}, expected_sha256=None).sha256 if exists else ""
    children = [start_writer(str(files.folder), str(writer), sha256) for writer in range(4)]
    for child in children:
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin
        child.stdin.write("\n")
        child.stdin.flush()
    ends = sorted(child.communicate()[0].strip() for child in children)
    assert ends == ["conflict", "conflict", "conflict", "won"]
    assert is_whole(files.read("a.yaml").definition)


@pytest.mark.parametrize("in_place", [False, True])
def test_a_reader_never_sees_half_a_file_while_a_writer_writes(files, monkeypatch, in_place):
    if in_place:

        def refuse(path, target):
            raise PermissionError(1, "no")

        monkeypatch.setattr("pathlib.Path.replace", refuse)
    files.folder.mkdir()
    (files.folder / "a.yaml").write_text("writer: 0\ntext: " + '"' + "0" * 50_000 + '"\n')
    ended = threading.Event()
    seen = []

    def look():
        while not ended.is_set():
            seen.append(files.read("a.yaml"))

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(look) for _ in range(2)]
        sha256 = files.read("a.yaml").sha256
        for writer in range(1, 40):
            wanted = {"writer": writer % 10, "text": str(writer % 10) * 50_000}
            sha256 = files.write("a.yaml", wanted, expected_sha256=sha256).sha256
        ended.set()
        for reader in readers:
            reader.result()
    assert len({found.sha256 for found in seen}) > 1
    assert all(is_whole(found.definition) for found in seen)


def test_two_names_for_one_file_race_to_one_of_them(files):
    sha256 = files.write("a.yaml", {"writer": 0}, expected_sha256=None).sha256
    start = threading.Barrier(2)

    def move(new: str) -> str:
        start.wait()
        try:
            files.rename("a.yaml", new, {"writer": new}, expected_sha256=sha256)
        except EditConflict:
            return "conflict"
        return "won"

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(move, ["b.yaml", "c.yaml"]))
    assert sorted(ends) == ["conflict", "won"]
    [name] = files.scan()
    assert files.read(name).definition == {"writer": name}


def test_a_lock_that_is_never_given_back_ends_in_a_refusal(files, monkeypatch):
    files.write("a.yaml", {"a": 1}, expected_sha256=None)
    monkeypatch.setattr(folder_lock, "_WAIT_S", 0.1)
    with exclusive(files.folder):
        with pytest.raises(StoreUnavailable, match="locked by another process"):
            files.write("b.yaml", {"a": 1}, expected_sha256=None)
        assert files.read("a.yaml").definition == {"a": 1}


def test_readers_do_not_keep_each_other_waiting(files):
    files.folder.mkdir()
    began_s = time.monotonic()
    with shared(files.folder), shared(files.folder):
        pass
    assert time.monotonic() - began_s < 1.0
