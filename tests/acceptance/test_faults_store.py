"""A store that cannot be written: nothing is sent before; what was sent is told and caught up."""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.small_disk import SmallDisk, small_disk
from tests.world import make_action, running_world, until

ACTIONS = "/api/custom-actions"
ORDER = {"order_id": "A"}
FULL = {
    "error": "The disk that holds the database is full; free some space.",
    "code": "store_unavailable",
}
LOCKED = {
    "error": "The database is locked by another process; try again shortly.",
    "code": "store_unavailable",
}
KINDS = {
    "look up": {"method": "GET"},
    "change": {"method": "POST"},
    "ask": {"method": "POST", "executionMode": "confirm"},
}


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    with small_disk() as mounted:
        yield mounted


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the database as another process would."""
    with closing(sqlite3.connect(folder / "deftly.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


async def make_all(api, upstream):
    """Store an action of each kind, and return an open question."""
    for name, fields in KINDS.items():
        await api.create(name=name, url=upstream.url("/{{order_id}}"), **fields)
    return await api.hold("ask", ORDER)


def moments_later() -> Callable[[], bool]:
    """Return what comes true once no commit is fresh: a look-up trusts the store for 2 ms."""
    since_s = time.monotonic()
    return lambda: time.monotonic() > since_s + 0.05


@pytest.mark.slow
async def test_a_locked_database_sends_nothing_and_is_got_over(api, folder, upstream):
    held = await make_all(api, upstream)

    with locked(folder):
        await until(moments_later())
        answers = await asyncio.gather(
            api.call("look_up", ORDER), api.call("change", ORDER), api.confirm(held)
        )

    assert [answer.status_code for answer in answers] == [503] * 3
    assert [answer.json() for answer in answers] == [LOCKED] * 3
    assert upstream.seen == 0

    async def confirmed() -> bool:
        again = await api.confirm(held)
        return bool(again.status_code == 200 and again.json()["status"] == "succeeded")

    await until(confirmed)
    assert (await api.call("look_up", ORDER)).json()["status"] == "succeeded"
    assert upstream.seen == 2


async def test_a_full_disk_sends_nothing_serves_what_is_there_and_is_got_over(disk, upstream):
    async with running_world(disk.folder, upstream=upstream) as api:
        held = await make_all(api, upstream)
        disk.fill()
        await until(moments_later())

        refused = [
            await api.call("look_up", ORDER),
            await api.call("change", ORDER),
            await api.call("ask", {"order_id": "B"}),
            await api.confirm(held),
            await api.deny(held),
            await api.put("/api/secrets/SHOP", {"value": "s3cret-value", "hosts": ["a.com"]}),
        ]
        created = await api.post(ACTIONS, make_action(name="another"))

        assert [answer.status_code for answer in refused] == [503] * 6
        assert [answer.json() for answer in refused] == [FULL] * 6
        assert created.status_code == 503
        assert created.json() == {
            "error": "another.yaml could not be stored (No space left on device). "
            "Make room on the disk, or mend it, and try again.",
            "code": "store_unavailable",
        }
        assert upstream.seen == 0
        for path in (ACTIONS, "/api/tools", "/api/runs", "/api/confirmations", "/health/live"):
            assert (await api.get(path)).status_code == 200, path

        disk.free()
        assert (await api.confirm(held)).json()["status"] == "succeeded"
        assert (await api.call("look_up", ORDER)).json()["status"] == "succeeded"
        assert (await api.call("change", ORDER)).json()["status"] == "succeeded"
        await api.create(name="another")
        names = {one["name"] for one in (await api.get(ACTIONS)).json()["actions"]}
        assert names == {"LOOK_UP", "CHANGE", "ASK", "ANOTHER"}
        assert upstream.seen == 3


@pytest.mark.parametrize("kind", KINDS)
async def test_an_outcome_the_disk_has_no_room_for_is_told_and_recorded_later(disk, upstream, kind):
    async with running_world(disk.folder, upstream=upstream) as api:
        held = await make_all(api, upstream)
        upstream.open.clear()
        upstream.answers({"paid": True})
        work = api.confirm(held) if kind == "ask" else api.call(kind.replace(" ", "_"), ORDER)
        calling = asyncio.create_task(work)
        await upstream.arrived.wait()
        disk.fill()
        upstream.open.set()

        answer = await calling

        outcome = answer.json()
        assert (answer.status_code, outcome["status"]) == (200, "succeeded")
        assert outcome["recorded"] is False
        assert outcome["result"]["data"] == {"paid": True}
        assert (await api.call("change", ORDER)).json() == FULL
        disk.free()

        async def is_recorded() -> bool:
            found = await api.get(f"/api/runs/{outcome['runId']}")
            return bool(found.status_code == 200 and found.json()["run"]["status"] == "succeeded")

        await until(is_recorded, within_s=10)
        run = (await api.get(f"/api/runs/{outcome['runId']}")).json()["run"]
        assert run["result"] == outcome["result"]
        if kind == "ask":
            again = (await api.confirm(held)).json()
            assert (again["status"], "recorded" in again) == ("succeeded", False)
        assert upstream.seen == 1
