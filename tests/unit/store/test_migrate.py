import sqlite3
from pathlib import Path

import pytest

from deftly.store.migrate import migrate
from tests.contract.kit import Child, opened

OPEN = """
import asyncio, sys
from pathlib import Path
from tests.contract.kit import opened

async def main(folder):
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    async with opened(Path(folder)) as store:
        await store.conversations.claim("c1", "user:1")
        print(await store.conversations.owner_of("c1"), flush=True)
        await asyncio.to_thread(sys.stdin.readline)

asyncio.run(main(sys.argv[1]))
"""


def tables(connection: sqlite3.Connection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}


@pytest.mark.slow
async def test_four_processes_that_start_at_once_make_one_database(folder: Path):
    children = [Child(OPEN, str(folder)) for _ in range(4)]
    for child in children:
        assert await child.line() == "ready"
    for child in children:
        child.go()

    assert [await child.line() for child in children] == ["user:1"] * 4
    assert [await child.ended() for child in children] == [0] * 4


async def test_a_second_start_changes_nothing(folder: Path):
    async with opened(folder) as store:
        await store.conversations.claim("c1", "user:1")
    async with opened(folder) as store:
        assert await store.conversations.owner_of("c1") == "user:1"


def test_a_migration_that_fails_leaves_nothing_behind(folder: Path):
    connection = sqlite3.connect(folder / "deftly.db", isolation_level=None)
    connection.execute("CREATE TABLE sessions (own INTEGER)")

    with pytest.raises(sqlite3.OperationalError, match="sessions already exists"):
        migrate(connection)

    assert tables(connection) == {"sessions"}
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    connection.execute("DROP TABLE sessions")
    migrate(connection)
    assert {"runs", "sessions", "runs_moved"} <= tables(connection)
    connection.close()
