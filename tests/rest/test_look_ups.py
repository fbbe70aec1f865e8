"""A look-up is recorded once, when it is over; in doubt its record comes first."""

import asyncio
import sqlite3

import pytest

from deftly.domain.access import LOCAL_OWNER
from deftly.domain.run import Call, Trigger
from deftly.store.write_lock import WriteLock
from deftly.values import JsonObject
from tests.world import until

TOOL = "get_order"
ORDER: JsonObject = {"order_id": "A-1042"}


@pytest.fixture
def locked(api):
    """The database while somebody else writes to it and does not end."""
    other = sqlite3.connect(api.deftly.stores.runs._database.path, isolation_level=None)  # noqa: SLF001
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


async def runs_of(api):
    return (await api.get("/api/runs")).json()["runs"]


async def test_a_quick_look_up_is_announced_once(api, upstream):
    await api.create(url=upstream.url("/{{order_id}}"))
    await api.call(TOOL, ORDER)
    database = api.deftly.stores.runs._database  # noqa: SLF001
    kinds = await database.read(
        lambda view: [row["kind"] for row in view.all("SELECT kind FROM changes")]
    )
    assert [kind for kind in kinds if kind.startswith("run.")] == ["run.changed"]
    (run,) = await runs_of(api)
    assert (run["status"], run["arguments"]) == ("succeeded", ORDER)
    assert run["createdAt"] <= run["finishedAt"]


async def test_a_long_look_up_shows_as_running_and_ends_once(api, upstream):
    await api.create(url=upstream.url("/{{order_id}}"))
    upstream.open.clear()
    call = asyncio.create_task(api.call(TOOL, ORDER))
    await upstream.arrived.wait()
    assert await runs_of(api) == []

    async def is_shown():
        return [run["status"] for run in await runs_of(api)] == ["running"]

    await until(is_shown)
    upstream.open.set()
    answer = (await call).json()
    (run,) = await runs_of(api)
    assert (run["id"], run["status"]) == (answer["runId"], "succeeded")


async def test_a_look_up_whose_caller_leaves_is_given_up_and_recorded(api, upstream):
    await api.create(url=upstream.url("/{{order_id}}"))
    upstream.open.clear()
    call = Call(tool=TOOL, arguments=ORDER, principal=LOCAL_OWNER, trigger=Trigger.CLI)
    task = asyncio.create_task(api.deftly.engine.call(call))
    await upstream.arrived.wait()
    task.cancel()
    await asyncio.wait([task])

    async def is_recorded():
        return [(run["status"], run["error"]["code"]) for run in await runs_of(api)] == [
            ("failed", "caller_gone")
        ]

    await until(is_recorded)


async def test_nothing_is_looked_up_that_could_not_be_recorded(api, upstream, request):
    await api.create(url=upstream.url("/{{order_id}}"))
    await api.call(TOOL, ORDER)
    request.getfixturevalue("locked")

    answer = await api.call(TOOL, ORDER)

    assert (answer.status_code, answer.json()["code"]) == (503, "store_unavailable")
    assert upstream.seen == 1


async def test_the_lock_of_another_connection_is_seen_and_ours_is_no_obstacle(tmp_path):
    path = tmp_path / "a.db"
    ours = sqlite3.connect(path, isolation_level=None)
    ours.execute("PRAGMA journal_mode = WAL")
    ours.execute("CREATE TABLE t (a)")
    lock = WriteLock(path)
    assert not lock.is_free()
    lock.opened()
    assert lock.is_free()
    ours.execute("BEGIN IMMEDIATE")
    assert not lock.is_free()
    lock.ours = True
    assert lock.is_free()
    ours.close()
    lock.close()
    assert not lock.is_free()
