"""A file that cannot be used changes nothing that runs."""

import asyncio
from contextlib import aclosing

import pytest

from tests.by_hand import (
    ACTIONS,
    PATIENCE_S,
    complained,
    described,
    live,
    put,
    tools_of,
    warnings_of,
    written,
)
from tests.world import make_action, running_world

BROKEN = [
    ("name: GET_ORDER\ndescription: [\n", "get_order.yaml"),
    ("", "get_order.yaml"),
    ("- a list\n", "get_order.yaml"),
    ("name: GET_ORDER\nname: GET_ORDER\n", "get_order.yaml"),
    ("name: &a GET_ORDER\ndescription: *a\n", "get_order.yaml"),
    ("\t: x\n", "get_order.yaml"),
    ("name: \udc80".encode("utf-8", "surrogateescape").decode("latin-1"), "get_order.yaml"),
    (written(url="https://api.example.com/{{order_id"), "get_order.yaml"),
    (written(handler={"type": "ftp"}), "get_order.yaml"),
    (written(unknown=1), "get_order.yaml"),
]


@pytest.mark.parametrize(("text", "file"), BROKEN, ids=range(len(BROKEN)))
async def test_a_broken_file_leaves_its_last_good_version_live_until_it_is_mended(
    folder, upstream, text, file
):
    good = written(url=upstream.url("/{{order_id}}"))
    path = put(folder, file, good)
    async with running_world(folder, upstream=upstream) as api:
        before = (await live(api, "GET_ORDER"))["GET_ORDER"]
        path.write_text(text)
        told = (await complained(api, file))[file]
        assert told["stillLive"] is True
        assert told["message"]
        assert told["fix"]
        assert (await tools_of(api))["GET_ORDER"] == before
        assert (await api.get(f"{ACTIONS}/{before['id']}")).json()["fileProblem"] == told

        edit = await api.put(f"{ACTIONS}/{before['id']}", {"description": "New."})
        assert edit.status_code == 409
        assert file in edit.json()["error"]
        assert path.read_text() == text

    async with running_world(folder, upstream=upstream) as api:
        assert await warnings_of(api) == {file: told}
        assert (await tools_of(api))["GET_ORDER"] == before
        answer = await api.call("get_order", {"order_id": "A"})
        assert answer.json()["status"] == "succeeded"

        path.write_text(good.replace("Look up", "Find"))
        await described(api, "GET_ORDER", "Find an order.")
        assert await warnings_of(api) == {}


async def test_the_line_of_a_fault_is_told(api, folder):
    put(folder, "get_order.yaml", "name: GET_ORDER\ndescription: x\nhandler: {\n")

    told = (await complained(api, "get_order.yaml"))["get_order.yaml"]

    assert told["line"] in {3, 4}


async def test_a_broken_file_can_be_deleted(api, folder):
    action = await api.create()
    path = folder / "actions" / "get_order.yaml"
    path.write_text("{")
    await complained(api, "get_order.yaml")

    answer = await api.request("DELETE", f"{ACTIONS}/{action['id']}")

    assert answer.json() == {"ok": True}
    assert not path.exists()
    assert await tools_of(api) == {}
    assert await warnings_of(api) == {}


async def test_a_file_that_never_was_good_is_not_live(folder):
    put(folder, "get_order.yaml", "name: [")
    put(folder, "other.yaml", written("other"))

    async with running_world(folder) as api:
        assert set(await tools_of(api)) == {"OTHER"}
        assert (await warnings_of(api))["get_order.yaml"]["stillLive"] is False
        taken = await api.post(ACTIONS, make_action())
        assert taken.status_code == 409
        assert "get_order.yaml" in taken.json()["error"]


async def test_who_follows_hears_when_a_file_needs_mending_and_when_it_is_mended(api, folder):
    action = await api.create()
    path = folder / "actions" / "get_order.yaml"
    good = path.read_text()
    changes = api.deftly.stores.changes
    events = changes.follow(await changes.latest())
    async with asyncio.timeout(PATIENCE_S), aclosing(events):
        for text, is_told in (("{", True), ("[", True), (good, False)):
            path.write_text(text)
            event = await anext(events)
            assert (event.kind, event.subject) == ("action.changed", action["id"])
            assert event.data["version"] == action["version"]
            told = (await api.get(f"{ACTIONS}/{action['id']}")).json()
            assert (told["fileProblem"] is not None) is is_told
