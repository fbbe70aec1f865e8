"""Edits through the API and by hand meet in the same files, and none is lost."""

import asyncio

import yaml

from tests.by_hand import ACTIONS, PATIENCE_S, live, put
from tests.world import Api, running_world, until


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

        await until(there, within_s=PATIENCE_S)

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

            await until(same, within_s=PATIENCE_S)


async def test_a_version_seen_in_another_process_may_be_changed_here_at_once(folder):
    async with running_world(folder) as one, running_world(folder) as other:
        action = await one.create()
        path = f"{ACTIONS}/{action['id']}"

        async def there() -> bool:
            return (await other.get(path)).status_code == 200

        await until(there, within_s=PATIENCE_S)
        tag = (await one.put(path, {"description": "First."})).headers["etag"]
        old = await other.put(path, {"description": "Old."}, headers={"if-match": '"1"'})
        new = await other.put(path, {"description": "New."}, headers={"if-match": tag})

        assert (old.status_code, new.status_code) == (412, 200)
        assert new.json()["action"]["version"] == 3
