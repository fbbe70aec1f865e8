"""Files are followed: what hands do to them is live within a second, and after a restart."""

import os

import httpx2
import pytest

from tests.by_hand import ACTIONS, LIVE_S, PATIENCE_S, described, live, put, tools_of, written
from tests.live import running_server
from tests.world import running_world, until


@pytest.mark.speed
async def test_a_file_is_live_changed_and_gone_within_a_second(api, folder, upstream):
    path = put(folder, "get_order.yaml", written(url=upstream.url("/{{order_id}}")))
    action = (await live(api, "GET_ORDER", within_s=LIVE_S))["GET_ORDER"]
    assert (await api.call("get_order", {"order_id": "A"})).json()["status"] == "succeeded"

    path.write_text(path.read_text().replace("Look up an order.", "Find an order."))
    changed = await described(api, "GET_ORDER", "Find an order.", LIVE_S)
    assert (changed["id"], changed["version"]) == (action["id"], 2)
    assert changed["createdAt"] == action["createdAt"]

    path.unlink()
    await live(api, within_s=LIVE_S)
    assert (await api.call("get_order", {"order_id": "A"})).status_code == 404


async def test_writes_of_one_length_in_quick_succession_end_with_the_last(api, folder):
    path = put(folder, "get_order.yaml", written(description="Number 00."))
    await live(api, "GET_ORDER")
    stamp = path.stat()

    for number in range(1, 30):
        path.write_text(written(description=f"Number {number:02}."))
        os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))

    await described(api, "GET_ORDER", "Number 29.")


async def test_a_hint_is_believed_over_an_equal_stamp(api, folder, monkeypatch):
    path = put(folder, "get_order.yaml", written(description="Before."))
    await live(api, "GET_ORDER")
    files = api.deftly.stores.definitions
    stamps = files.scan()
    monkeypatch.setattr(type(files), "scan", lambda _self: stamps)

    path.write_text(written(description="Behind."))

    await described(api, "GET_ORDER", "Behind.")


async def test_what_happened_while_the_server_was_down_is_seen_at_its_start(folder):
    async with running_world(folder) as api:
        for name in ("gone", "changed", "moved"):
            await api.create(name=name)
        before = await tools_of(api)
    actions = folder / "actions"
    (actions / "gone.yaml").unlink()
    (actions / "moved.yaml").rename(actions / "elsewhere.yaml")
    changed = actions / "changed.yaml"
    changed.write_text(changed.read_text().replace("Look up", "Find"))
    put(folder, "new.yaml", written("new"))

    async with running_world(folder) as api:
        after = await tools_of(api)
        assert set(after) == {"CHANGED", "MOVED", "NEW"}
        assert after["MOVED"] == before["MOVED"]
        assert (after["CHANGED"]["id"], after["CHANGED"]["version"]) == (
            before["CHANGED"]["id"],
            2,
        )
        gone = before["GONE"]["id"]
        history = (await api.get(f"{ACTIONS}/{gone}/revisions")).json()["revisions"]
        assert [one["kind"] for one in history] == ["deleted", "changed"]


async def test_times_and_versions_are_the_same_after_a_restart(folder):
    async with running_world(folder) as api:
        action = await api.create()
        api.clock.forward(60)
        await api.put(f"{ACTIONS}/{action['id']}", {"description": "New."})
        api.clock.forward(60)
        await api.put(f"{ACTIONS}/{action['id']}", {})
        before = await tools_of(api)
        assert before["GET_ORDER"]["updatedAt"] == "2026-01-01T12:02:00.000Z"
        assert before["GET_ORDER"]["version"] == 2

    async with running_world(folder) as api:
        assert await tools_of(api) == before


async def test_an_edit_by_hand_moves_the_time_though_the_file_says_the_old_one(api, folder):
    await api.create()
    api.clock.forward(60)
    path = folder / "actions" / "get_order.yaml"
    path.write_text(path.read_text().replace("Look up", "Find"))

    changed = await described(api, "GET_ORDER", "Find an order.")

    assert changed["updatedAt"] == "2026-01-01T12:01:00.000Z"


@pytest.mark.slow
async def test_a_server_of_its_own_follows_its_files(folder):
    put(folder, "get_order.yaml", written())
    with running_server(folder, no_auth=True) as server:
        async with httpx2.AsyncClient(base_url=server.url) as http:

            async def names() -> set[str]:
                return {one["name"] for one in (await http.get(ACTIONS)).json()["actions"]}

            assert await names() == {"GET_ORDER"}
            put(folder, "other.yaml", written("other"))

            async def both() -> bool:
                return await names() == {"GET_ORDER", "OTHER"}

            await until(both, within_s=PATIENCE_S)
