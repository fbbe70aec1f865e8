"""Files and folders that the system does not let us read or write."""

from collections.abc import Iterator

import pytest

from tests.by_hand import ACTIONS, complained, tools_of, warnings_of
from tests.rights import binding_rights
from tests.world import make_action, running_world

READ_ONLY = (
    "{} cannot be changed ({}). Make the file and its folder writable for the user who "
    "runs Deftly, or change it by hand."
)


@pytest.fixture(autouse=True)
def _rights_bind() -> Iterator[None]:
    with binding_rights():
        yield


async def test_a_folder_that_cannot_be_written_is_told_and_serves_on(folder, upstream):
    actions = folder / "actions"
    async with running_world(folder, upstream=upstream) as api:
        action = await api.create(url=upstream.url("/{{order_id}}"))
        path = f"{ACTIONS}/{action['id']}"
        written = (actions / "get_order.yaml").read_bytes()
        (actions / "get_order.yaml").chmod(0o444)
        actions.chmod(0o555)

        refused = {
            ("get_order.yaml", "read-only"): [
                await api.put(path, {"description": "New."}),
                await api.put(path, {"name": "find order"}),
                await api.request("DELETE", path),
            ],
            ("another.yaml", "Permission denied"): [
                await api.post(ACTIONS, make_action(name="another"))
            ],
        }

        for told, answers in refused.items():
            for answer in answers:
                assert (answer.status_code, answer.json()["code"]) == (409, "read_only")
                assert answer.json()["error"] == READ_ONLY.format(*told)
        assert [one.name for one in actions.iterdir()] == ["get_order.yaml"]
        assert (actions / "get_order.yaml").read_bytes() == written
        assert await tools_of(api) == {"GET_ORDER": action}
        answer = await api.call("get_order", {"order_id": "A"})
        assert answer.json()["status"] == "succeeded"

        actions.chmod(0o755)
        (actions / "get_order.yaml").chmod(0o644)
        assert (await api.put(path, {"description": "New."})).status_code == 200
        assert "New." in (actions / "get_order.yaml").read_text()


async def test_a_file_that_cannot_be_read_leaves_its_last_good_version_live(folder, upstream):
    async with running_world(folder, upstream=upstream) as api:
        await api.create(url=upstream.url("/{{order_id}}"))
        before = await tools_of(api)
        path = folder / "actions" / "get_order.yaml"
        path.chmod(0)

        told = (await complained(api, path.name))[path.name]

        assert told["message"] == "The file cannot be read (Permission denied)."
        assert told["fix"] == "Make it a file that the user who runs Deftly may read."
        assert told["stillLive"] is True
        assert await tools_of(api) == before
        path.chmod(0o644)
        await complained(api)


async def test_a_folder_that_cannot_be_read_changes_nothing_that_runs(folder, upstream):
    actions = folder / "actions"
    async with running_world(folder, upstream=upstream) as api:
        await api.create(url=upstream.url("/{{order_id}}"))
        before = await tools_of(api)
        actions.chmod(0)
        await api.deftly.catalog.refresh()
        assert (await warnings_of(api))["actions"]["stillLive"] is True
        assert await tools_of(api) == before
        answer = await api.call("get_order", {"order_id": "A"})
        assert answer.json()["status"] == "succeeded"
    async with running_world(folder, upstream=upstream) as api:
        assert await tools_of(api) == before
        refused = await api.put(f"{ACTIONS}/{before['GET_ORDER']['id']}", {"description": "N"})
        assert refused.status_code == 409
        assert refused.json()["code"] in {"read_only", "conflict"}
        actions.chmod(0o755)
        await complained(api)
        assert await tools_of(api) == before
