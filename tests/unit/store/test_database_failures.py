"""Disks that are full, files that are locked: said in a sentence, and over when they are over."""

import asyncio
import gc
import os
import resource
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deftly.errors import StoreUnavailable
from deftly.store.database import Database
from deftly.values import RandomIds, SystemClock
from tests.contract.kit import Child

ADD = "INSERT INTO notes (text) VALUES (?)"
BUSY_S = 0.4


@pytest.fixture
async def database(folder: Path) -> AsyncIterator[Database]:
    path = folder / "deftly.db"
    database = await Database.open(
        path, clock=SystemClock(), ids=RandomIds(), busy_timeout_s=BUSY_S
    )
    await database.change("CREATE TABLE notes (text TEXT)", [])
    yield database
    await database.close()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        connection.close()


async def count(database: Database) -> int:
    row = await database.read(lambda view: view.one("SELECT count(*) AS n FROM notes"))
    assert row is not None
    return int(row["n"])


async def test_writes_wait_for_a_lock_and_then_go_on(database: Database):
    with locked(database.path):
        writing = asyncio.create_task(database.change(ADD, ["a"]))
        done, _ = await asyncio.wait([writing], timeout=BUSY_S / 2)
        assert not done
    assert await writing == 1


@pytest.mark.speed
async def test_all_that_wait_behind_a_lock_are_told_in_one_timeout(database: Database):
    refused_s: list[float] = []

    async def write(n: int) -> None:
        await asyncio.sleep(n * BUSY_S / 20)
        started_s = time.perf_counter()
        with pytest.raises(StoreUnavailable, match="locked by another process") as refusal:
            await database.change(ADD, [str(n)])
        refused_s.append(time.perf_counter() - started_s)
        assert "SQLITE_BUSY" in refusal.value.internal

    with locked(database.path):
        await asyncio.gather(*(write(n) for n in range(20)))
        assert await count(database) == 0  # reading goes on

    assert max(refused_s) < BUSY_S * 1.7
    assert await database.change(ADD, ["later"]) == 1
    assert await count(database) == 1


async def test_a_lock_is_waited_for_in_full_again_after_one_that_timed_out(database: Database):
    with locked(database.path), pytest.raises(StoreUnavailable):
        await database.change(ADD, ["a"])

    with locked(database.path):
        started_s = time.perf_counter()
        with pytest.raises(StoreUnavailable):
            await database.change(ADD, ["b"])
        assert time.perf_counter() - started_s > BUSY_S * 0.9


async def test_a_full_database_refuses_what_does_not_fit(database: Database):
    limit = 60
    await database.write(lambda tx: tx.one(f"PRAGMA max_page_count = {limit}"))

    answers = await asyncio.gather(
        database.change(ADD, ["small"]),
        database.change(ADD, ["x" * 4096 * limit]),
        database.change(ADD, ["small too"]),
        return_exceptions=True,
    )

    assert answers[0] == answers[2] == 1
    assert isinstance(answers[1], StoreUnavailable)
    assert "full" in answers[1].message
    assert "SQLITE_FULL" in answers[1].internal
    assert await count(database) == 2


FILE_LIMIT = """
import asyncio, resource, sys
from pathlib import Path
from deftly.errors import StoreUnavailable
from deftly.store.database import Database
from deftly.values import RandomIds, SystemClock

async def main(path):
    database = await Database.open(Path(path), clock=SystemClock(), ids=RandomIds())
    await database.change("CREATE TABLE notes (text TEXT)", [])
    add = "INSERT INTO notes (text) VALUES (?)"
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    kept = 0
    try:
        while True:
            kept += await database.change(add, ["x" * 10_000])
    except StoreUnavailable as refusal:
        print(refusal.message, flush=True)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    kept += await database.change(add, ["y"])
    row = await database.read(lambda view: view.one("SELECT count(*) AS n FROM notes"))
    print(kept == row["n"], flush=True)
    await database.close()

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.slow
async def test_a_disk_that_fails_is_over_when_it_works_again(folder: Path):
    child = Child(FILE_LIMIT, str(folder / "deftly.db"))

    assert (await child.line()).startswith("The disk that holds the database")
    assert await child.line() == "True"
    assert await child.ended() == 0


OPEN = """
import asyncio, os, sys
from pathlib import Path
from deftly.errors import StoreUnavailable
from deftly.store.database import Database
from deftly.values import RandomIds, SystemClock

async def main(path):
    if os.geteuid() == 0:
        os.setuid(65534)  # nothing is forbidden to root
    try:
        await Database.open(Path(path), clock=SystemClock(), ids=RandomIds())
    except StoreUnavailable as refusal:
        print(refusal.message)

asyncio.run(main(sys.argv[1]))
"""


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)
    yield
    folder.chmod(0o755)


@contextmanager
def no_more_descriptors() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # The limit is on their numbers, among which others may have left gaps.
    gc.collect()
    lowest_free = os.dup(0)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.slow
@pytest.mark.parametrize("present", ["nothing", "database"])
async def test_a_folder_that_cannot_be_written_is_named(folder: Path, present: str):
    path = folder / "deftly.db"
    if present == "database":
        database = await Database.open(path, clock=SystemClock(), ids=RandomIds())
        await database.close()
    with read_only(folder):
        child = Child(OPEN, str(path))
        said = await child.line()
        await child.ended()

    assert said.startswith("The database cannot be")
    assert "writable" in said


async def test_a_missing_folder_is_named(folder: Path):
    with pytest.raises(StoreUnavailable, match="writable"):
        await Database.open(folder / "no" / "deftly.db", clock=SystemClock(), ids=RandomIds())


async def test_reading_works_again_once_descriptors_are_free(folder: Path):
    database = await Database.open(folder / "deftly.db", clock=SystemClock(), ids=RandomIds())
    with no_more_descriptors(), pytest.raises(StoreUnavailable):
        await database.read(lambda view: view.one("SELECT 1"))

    assert await database.read(lambda view: view.one("SELECT 1 AS n")) is not None
    await database.close()


async def test_a_broken_statement_is_its_caller_s_own_fault(database: Database):
    with pytest.raises(sqlite3.OperationalError, match="nonsense"):
        await database.change("nonsense", [])
    assert await database.change(ADD, ["a"]) == 1
