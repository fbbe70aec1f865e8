import asyncio
import sqlite3
import stat
from pathlib import Path

import pytest

from deftly.errors import InvalidSettings, NotFound, StoreUnavailable
from deftly.store.database import Database
from deftly.store.transaction import Transaction
from deftly.values import RandomIds, SystemClock
from tests.contract.kit import HandClock

TABLE = "CREATE TABLE IF NOT EXISTS notes (text TEXT PRIMARY KEY) STRICT"
ADD = "INSERT INTO notes (text) VALUES (?)"


@pytest.fixture
async def database(folder: Path):
    database = await Database.open(folder / "deftly.db", clock=HandClock(), ids=RandomIds())
    await database.change(TABLE, [])
    yield database
    await database.close()


async def notes(database: Database) -> list[str]:
    rows = await database.read(lambda view: view.all("SELECT text FROM notes ORDER BY rowid"))
    return [row["text"] for row in rows]


def adding(*texts: str, failing: Exception | None = None):
    def work(tx: Transaction) -> int:
        for text in texts:
            tx.change(ADD, [text])
        if failing is not None:
            raise failing
        return len(texts)

    return work


async def test_a_failing_write_undoes_itself_and_none_of_its_neighbours(database: Database):
    refusal = NotFound("No.")
    answers = await asyncio.gather(
        database.write(adding("a", "b")),
        database.write(adding("c", "d", failing=refusal)),
        database.change(ADD, ["e"]),
        database.change(ADD, ["e"]),
        database.write(adding("f", "a")),
        database.write(adding("g"), durable=True),
        return_exceptions=True,
    )

    assert [*answers[:3]] == [2, refusal, 1]
    assert isinstance(answers[3], sqlite3.IntegrityError)
    assert isinstance(answers[4], sqlite3.IntegrityError)
    assert answers[5] == 1
    assert await notes(database) == ["a", "b", "e", "g"]


async def test_a_write_is_visible_once_it_has_returned(database: Database):
    for n in range(50):
        await database.change(ADD, [f"n{n}"])
        assert len(await notes(database)) == n + 1


async def test_waiting_writes_share_a_commit(database: Database):
    moments = await asyncio.gather(*(database.write(id) for _ in range(100)))

    assert len(set(moments)) < 50


@pytest.mark.parametrize(("durable", "level"), [(False, 1), (True, 2)])
async def test_a_durable_write_is_synced(database: Database, *, durable: bool, level: int):
    for _ in range(2):
        row = await database.write(lambda tx: tx.one("PRAGMA synchronous"), durable=durable)
        assert row is not None
        assert row["synchronous"] == level


async def test_a_write_goes_on_when_its_caller_was_cancelled(database: Database):
    writing = asyncio.create_task(database.write(adding("a")))
    await asyncio.sleep(0)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)

    await database.write(adding("b"))

    assert await notes(database) == ["a", "b"]


async def test_one_reading_sees_one_moment(database: Database):
    loop = asyncio.get_running_loop()

    def look(view) -> tuple[int, int]:
        before = len(view.all("SELECT * FROM notes"))
        asyncio.run_coroutine_threadsafe(database.write(adding("late")), loop).result(5)
        return before, len(view.all("SELECT * FROM notes"))

    assert await database.read(look) == (0, 0)
    assert await notes(database) == ["late"]


async def test_a_reader_cannot_write(database: Database):
    with pytest.raises(StoreUnavailable):
        await database.read(lambda view: view.all(ADD, ["a"]))
    assert await notes(database) == []


async def test_closing_finishes_what_was_queued(folder: Path):
    path = folder / "deftly.db"
    database = await Database.open(path, clock=SystemClock(), ids=RandomIds())
    await database.change(TABLE, [])
    writes = [asyncio.create_task(database.write(adding(f"n{n}"))) for n in range(500)]
    await asyncio.sleep(0)

    await database.close()

    assert await asyncio.gather(*writes) == [1] * 500
    with pytest.raises(StoreUnavailable):
        await database.write(adding("late"))
    with pytest.raises(StoreUnavailable):
        await notes(database)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT count(*) FROM notes").fetchone() == (500,)
    connection.close()


async def test_the_file_is_its_owner_s_alone(database: Database):
    files = list(database.path.parent.glob("deftly.db*"))

    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


async def test_a_folder_with_odd_characters_is_a_folder(folder: Path):
    odd = folder / "a b?mode=memory&#%41ü"
    odd.mkdir()
    database = await Database.open(odd / "deftly.db", clock=SystemClock(), ids=RandomIds())
    await database.close()

    assert [file.name for file in odd.iterdir()] == ["deftly.db"]


async def test_a_file_that_is_no_database_is_named_as_such(folder: Path):
    path = folder / "deftly.db"
    path.write_text("not a database " * 100)

    with pytest.raises(StoreUnavailable, match="no SQLite database"):
        await Database.open(path, clock=SystemClock(), ids=RandomIds())


async def test_a_newer_deftly_s_database_is_left_alone(folder: Path):
    path = folder / "deftly.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()

    with pytest.raises(InvalidSettings, match=r"newer Deftly .*version 999"):
        await Database.open(path, clock=SystemClock(), ids=RandomIds())


async def test_time_never_runs_back(folder: Path):
    path, clock = folder / "deftly.db", HandClock()
    first = await Database.open(path, clock=clock, ids=RandomIds())
    clock.pass_s(100)
    noted = await first.write(lambda tx: tx.now())
    clock.move_back_s(5000)
    assert first.clock.now() == noted
    clock.pass_s(1)
    assert (await first.write(lambda tx: tx.now()) - noted).total_seconds() == 1
    await first.close()

    clock.move_back_s(5000)
    second = await Database.open(path, clock=clock, ids=RandomIds())
    assert (second.clock.now() - noted).total_seconds() == 1
    assert (await second.read(lambda view: view.now()) - noted).total_seconds() == 1
    clock.move_back_s(-20_000)
    assert second.clock.now() == clock.now()
    await second.close()
