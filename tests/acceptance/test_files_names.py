"""A name is one action's, whatever its file is called."""

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
from tests.world import make_action, until


async def test_a_renamed_file_keeps_its_action(api, folder):
    path = put(folder, "get_order.yaml", written())
    before = (await live(api, "GET_ORDER"))["GET_ORDER"]
    held = await api.put(f"{ACTIONS}/{before['id']}", {"executionMode": "confirm"})
    confirmation = await api.hold("get_order", {"order_id": "A"})
    path.rename(path.with_name("orders.yml"))

    async def moved() -> bool:
        return bool(api.deftly.catalog.snapshot.entries[0].file == "orders.yml")

    await until(moved, within_s=PATIENCE_S)
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
