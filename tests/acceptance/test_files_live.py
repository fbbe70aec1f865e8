"""The folder of definitions while the server runs: whatever happens to a file, calls are right."""

import asyncio
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.live import running_server
from tests.world import Api, make_action, running_world, until

ACTIONS = "/api/custom-actions"
LIVE_S = 1.0
"""How soon an edit by hand is live."""
NOBODY = 65534


def written(name: str = "get_order", **fields: Any) -> str:
    """Return a definition as somebody would write it."""
    return yaml.safe_dump(make_action(**{"name": name, **fields}), sort_keys=False)


def put(folder: Path, file: str, text: str) -> Path:
    path = folder / "actions" / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


async def tools_of(api: Api) -> dict[str, dict[str, Any]]:
    """Return the actions by name, as the API shows them."""
    answer = await api.get(ACTIONS)
    return {action["name"]: action for action in answer.json()["actions"]}


async def warnings_of(api: Api) -> dict[str, dict[str, Any]]:
    """Return the complaints of the readiness check, by file."""
    answer = await api.get("/health/ready")
    assert answer.status_code == 200
    return {one["file"]: one for one in answer.json()["warnings"]}


async def live(api: Api, *names: str) -> dict[str, dict[str, Any]]:
    """Wait until exactly these actions are there."""

    async def there() -> bool:
        return set(await tools_of(api)) == set(names)

    await until(there, within_s=LIVE_S)
    return await tools_of(api)


async def complained(api: Api, *files: str) -> dict[str, dict[str, Any]]:
    """Wait until exactly these files are complained about."""

    async def told() -> bool:
        return set(await warnings_of(api)) == set(files)

    await until(told, within_s=LIVE_S)
    return await warnings_of(api)


async def described(api: Api, name: str, description: str) -> dict[str, Any]:
    """Wait until an action says this of itself."""

    async def says() -> bool:
        found = (await tools_of(api)).get(name)
        return found is not None and found["description"] == description

    await until(says, within_s=LIVE_S)
    return (await tools_of(api))[name]


async def test_a_file_is_live_changed_and_gone_within_a_second(api, folder, upstream):
    path = put(folder, "get_order.yaml", written(url=upstream.url("/{{order_id}}")))
    action = (await live(api, "GET_ORDER"))["GET_ORDER"]
    assert (await api.call("get_order", {"order_id": "A"})).json()["status"] == "succeeded"

    path.write_text(path.read_text().replace("Look up an order.", "Find an order."))
    changed = await described(api, "GET_ORDER", "Find an order.")
    assert (changed["id"], changed["version"]) == (action["id"], 2)
    assert changed["createdAt"] == action["createdAt"]

    path.unlink()
    await live(api)
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


async def test_a_renamed_file_keeps_its_action(api, folder):
    path = put(folder, "get_order.yaml", written())
    before = (await live(api, "GET_ORDER"))["GET_ORDER"]
    held = await api.put(f"{ACTIONS}/{before['id']}", {"executionMode": "confirm"})
    confirmation = await api.hold("get_order", {"order_id": "A"})
    path.rename(path.with_name("orders.yml"))

    async def moved() -> bool:
        return bool(api.deftly.catalog.snapshot.entries[0].file == "orders.yml")

    await until(moved, within_s=LIVE_S)
    after = (await tools_of(api))["GET_ORDER"]
    assert after == held.json()["action"]
    assert (await api.confirm(confirmation)).status_code == 200


async def test_a_file_not_named_after_its_tool_keeps_its_name(api, folder):
    path = put(folder, "my notes.yml", written())
    action = (await live(api, "GET_ORDER"))["GET_ORDER"]

    answer = await api.put(f"{ACTIONS}/{action['id']}", {"name": "find order"})

    assert answer.json()["action"]["name"] == "FIND_ORDER"
    assert [one.name for one in path.parent.glob("*.y*ml")] == ["my notes.yml"]
    assert (await api.request("DELETE", f"{ACTIONS}/{action['id']}")).status_code == 200
    assert not path.exists()


async def test_a_file_named_after_its_tool_is_renamed_with_it(api, folder):
    action = await api.create()

    await api.put(f"{ACTIONS}/{action['id']}", {"name": "find order"})

    assert [one.name for one in (folder / "actions").glob("*.yaml")] == ["find_order.yaml"]


async def test_a_new_action_finds_a_file_beside_one_that_is_named_like_it(api, folder):
    put(folder, "get_order.yaml", written("other"))
    await live(api, "OTHER")

    await api.create(name="get order")

    assert set(await tools_of(api)) == {"OTHER", "GET_ORDER"}
    assert (folder / "actions" / "get_order-2.yaml").is_file()


async def test_two_files_of_one_name_leave_the_first_live(api, folder):
    first = put(folder, "zzz.yaml", written(description="First."))
    await live(api, "GET_ORDER")
    second = put(folder, "get_order.yaml", written(description="Second."))

    told = (await complained(api, "get_order.yaml"))["get_order.yaml"]
    assert told["message"] == "name: GET_ORDER is taken by zzz.yaml."
    assert told["fix"]
    assert (await tools_of(api))["GET_ORDER"]["description"] == "First."

    first.unlink()
    await described(api, "GET_ORDER", "Second.")
    assert await warnings_of(api) == {}
    second.unlink()
    await live(api)


async def test_a_copy_under_another_name_is_told_to_lose_its_id(api, folder):
    await api.create()
    path = folder / "actions" / "get_order.yaml"
    copied = path.read_text().replace("GET_ORDER", "COPIED")
    copy = put(folder, "a copy.yaml", copied)

    told = (await complained(api, "a copy.yaml"))["a copy.yaml"]
    assert "id" in told["fix"]
    assert set(await tools_of(api)) == {"GET_ORDER"}

    copy.write_text("\n".join(one for one in copied.splitlines() if not one.startswith("id:")))
    await live(api, "GET_ORDER", "COPIED")


async def test_names_that_differ_in_case_alone_are_one_name(api, folder):
    put(folder, "Get_Order.yaml", written("get order"))
    await live(api, "GET_ORDER")
    put(folder, "get_order.yaml", written("GET_ORDER"))

    assert "get_order.yaml" in await complained(api, "get_order.yaml")
    assert (await api.post(ACTIONS, make_action(name="GetOrder"))).status_code == 409


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


async def test_edits_by_api_keep_comments_and_order(api, folder):
    text = (
        "# What support asks most often\n"
        "description: Look up an order.   # short\n"
        "name: GET_ORDER\n"
        "\n"
        "handler:\n"
        "  url: https://api.example.com/orders/{{order_id}}  # version 2\n"
        "  type: http\n"
        "parameters:\n"
        "  - {name: order_id, required: true, description: Its number}\n"
        "x-owner: support\n"
    )
    path = put(folder, "get_order.yaml", text)
    action = (await live(api, "GET_ORDER"))["GET_ORDER"]

    await api.put(f"{ACTIONS}/{action['id']}", {"description": "Find an order."})

    after = path.read_text().splitlines()
    kept = [line for line in after if line in text.splitlines()]
    assert kept == [one for one in text.splitlines() if not one.startswith("description")]
    assert after[1].startswith("description: Find an order.")
    assert after[1].endswith("# short")


@pytest.mark.skipif(os.geteuid() != 0, reason="stepping down to another user takes root")
async def test_a_folder_that_cannot_be_read_changes_nothing_that_runs(upstream):
    base = Path(tempfile.mkdtemp())
    os.chmod(base, 0o755)  # noqa: PTH101 - a folder of the test alone
    os.chown(base, NOBODY, NOBODY)
    actions = base / "actions"
    os.seteuid(NOBODY)
    try:
        async with running_world(base, upstream=upstream) as api:
            await api.create(url=upstream.url("/{{order_id}}"))
            before = await tools_of(api)
            os.chmod(actions, 0)  # noqa: PTH101 - as above
            await api.deftly.catalog.refresh()
            assert (await warnings_of(api))["actions"]["stillLive"] is True
            assert await tools_of(api) == before
            answer = await api.call("get_order", {"order_id": "A"})
            assert answer.json()["status"] == "succeeded"
        async with running_world(base, upstream=upstream) as api:
            assert await tools_of(api) == before
            refused = await api.put(f"{ACTIONS}/{before['GET_ORDER']['id']}", {"description": "N"})
            assert refused.status_code == 409
            assert refused.json()["code"] in {"read_only", "conflict"}
            os.chmod(actions, 0o755)  # noqa: PTH101 - as above
            await complained(api)
            assert await tools_of(api) == before
    finally:
        os.seteuid(0)
        shutil.rmtree(base)


async def test_an_edit_by_hand_and_one_by_api_are_both_kept(api, folder):
    action = await api.create(similes=["A"])
    path = folder / "actions" / "get_order.yaml"
    for number in range(10):
        path.write_text(path.read_text() + f"x-hand-{number}: {number}\n")
        answer = await api.put(f"{ACTIONS}/{action['id']}", {"description": f"By API {number}."})
        assert answer.status_code == 200

    said = yaml.safe_load(path.read_text())
    assert said["description"] == "By API 9."
    assert [said[f"x-hand-{number}"] for number in range(10)] == list(range(10))


async def test_two_processes_that_edit_at_once_lose_nothing(folder):
    async with running_world(folder) as one, running_world(folder) as other:
        action = await one.create()
        path = f"{ACTIONS}/{action['id']}"

        async def there() -> bool:
            return (await other.get(path)).status_code == 200

        await until(there, within_s=LIVE_S)

        async def edit(api: Api, key: str) -> None:
            for _attempt in range(50):
                answer = await api.put(path, {key: "kept"})
                if answer.status_code == 200:
                    return
                assert answer.json()["code"] == "conflict", answer.text
            raise AssertionError(key)

        keys = [f"x-{letter}" for letter in "abcdefgh"]
        await asyncio.gather(
            *(edit(api, key) for api, key in zip([one, other] * 4, keys, strict=True))
        )

        said = yaml.safe_load((folder / "actions" / "get_order.yaml").read_text())
        assert [key for key in keys if said.get(key) != "kept"] == []
        assert said["version"] == 9
        for api in (one, other):

            async def same(api: Api = api) -> bool:
                return bool((await api.get(path)).json()["action"]["version"] == 9)

            await until(same, within_s=LIVE_S)


async def test_a_version_seen_in_another_process_may_be_changed_here_at_once(folder):
    async with running_world(folder) as one, running_world(folder) as other:
        action = await one.create()
        path = f"{ACTIONS}/{action['id']}"

        async def there() -> bool:
            return (await other.get(path)).status_code == 200

        await until(there, within_s=LIVE_S)
        tag = (await one.put(path, {"description": "First."})).headers["etag"]
        old = await other.put(path, {"description": "Old."}, headers={"if-match": '"1"'})
        new = await other.put(path, {"description": "New."}, headers={"if-match": tag})

        assert (old.status_code, new.status_code) == (412, 200)
        assert new.json()["action"]["version"] == 3


@pytest.mark.slow
async def test_a_server_of_its_own_follows_its_files(folder):
    import httpx2

    put(folder, "get_order.yaml", written())
    with running_server(folder, no_auth=True) as server:
        async with httpx2.AsyncClient(base_url=server.url) as http:

            async def names() -> set[str]:
                return {one["name"] for one in (await http.get(ACTIONS)).json()["actions"]}

            assert await names() == {"GET_ORDER"}
            put(folder, "other.yaml", written("other"))

            async def both() -> bool:
                return await names() == {"GET_ORDER", "OTHER"}

            await until(both, within_s=LIVE_S)
