"""Agents' files edited by hand: live within a second, and a broken one changes nothing."""

import pytest

from tests.by_hand import LIVE_S, PATIENCE_S, complained
from tests.rights import binding_rights
from tests.world import running_world, until

AGENTS = "/api/agents"
GOOD = "instructions: Be brief.\nactions: [get_order]\n"
BROKEN = [
    ("actions: [get_order\n", "bracket"),
    ("- a\n", "agents/shop.yaml"),
    ("instructions: 5\n", "instructions must be text"),
    ("instruction: Be brief.\n", "instruction is not a known key"),
    ("name: other\n", "make them the same"),
    ("actions: everything\n", "actions must be all"),
    ("id: 5\n", "id"),
    ("allowedOrigins: ['*']\n", "no origin"),
]


def write(folder, text, name="shop.yaml"):
    (folder / "agents").mkdir(exist_ok=True)
    path = folder / "agents" / name
    path.write_text(text)
    return path


async def agents_of(api):
    return {one["name"]: one for one in (await api.get(AGENTS)).json()["agents"]}


async def shown(api, name, within_s=PATIENCE_S, **fields):
    """Wait until an agent is there with these fields."""

    async def there():
        agent = (await agents_of(api)).get(name)
        return agent is not None and fields.items() <= agent.items()

    await until(there, within_s)
    return (await agents_of(api))[name]


@pytest.mark.speed
async def test_a_file_written_by_hand_is_live_within_a_second(api, folder):
    path = write(folder, GOOD)
    first = await shown(api, "shop", LIVE_S, instructions="Be brief.", version=1)

    write(folder, GOOD.replace("brief", "kind"))
    second = await shown(api, "shop", LIVE_S, instructions="Be kind.", version=2)

    assert first["actions"] == ["get_order"]
    same = ("id", "publishableKey", "createdAt")
    assert [first[name] for name in same] == [second[name] for name in same]
    path.unlink()

    async def gone():
        return set(await agents_of(api)) == {"default"}

    await until(gone, within_s=LIVE_S)


@pytest.mark.parametrize(("text", "said"), BROKEN)
async def test_a_broken_file_leaves_its_last_good_version_live_over_a_restart(folder, text, said):
    write(folder, GOOD)
    async with running_world(folder) as api:
        good = await shown(api, "shop")
        write(folder, text)
        told = await complained(api, "agents/shop.yaml")
        edited = await api.put(f"{AGENTS}/shop", {"title": "T"})

        assert said in str(told)
        assert told["agents/shop.yaml"]["stillLive"] is True
        assert (await agents_of(api))["shop"] == good
        assert (edited.status_code, edited.json()["code"]) == (409, "conflict")
    async with running_world(folder) as api:
        assert (await agents_of(api))["shop"] == good
        write(folder, GOOD.replace("brief", "kind"))
        await shown(api, "shop", instructions="Be kind.", version=2)
        await complained(api)


async def test_a_default_that_never_was_usable_gives_way_to_none_that_may_do_all(folder):
    write(folder, "actions: [get_order\n", "default.yaml")
    async with running_world(folder) as api:
        read = await api.get(f"{AGENTS}/default")

        assert await agents_of(api) == {}
        assert (read.status_code, read.json()["code"]) == (404, "not_found")
        assert "its file cannot be used" in read.json()["error"]
        (folder / "agents" / "default.yaml").unlink()
        await shown(api, "default", actions="all")


async def test_a_copied_file_does_not_take_over_the_original(api, folder):
    await api.post(AGENTS, {"name": "shop", "title": "First"})
    original = (folder / "agents" / "shop.yaml").read_text()
    copy = original.replace("name: shop", "name: annex")

    write(folder, copy, "annex.yaml")

    told = await complained(api, "agents/annex.yaml")
    assert "taken by shop.yaml" in told["agents/annex.yaml"]["message"]
    assert set(await agents_of(api)) == {"default", "shop"}
    write(folder, "title: Second\n", "annex.yaml")
    annex = await shown(api, "annex", title="Second")
    assert annex["publishableKey"] != (await agents_of(api))["shop"]["publishableKey"]


async def test_no_file_takes_the_key_of_the_agent_that_has_none(api, folder):
    key = (await agents_of(api))["default"]["publishableKey"]

    write(folder, f"publishableKey: {key}\n")

    told = await complained(api, "agents/shop.yaml")
    assert "taken by the agent default" in told["agents/shop.yaml"]["message"]
    assert set(await agents_of(api)) == {"default"}


@pytest.mark.parametrize("name", ["Front Desk.yaml", "a_b.yaml", "ü.yaml", "a" * 61 + ".yml"])
async def test_a_file_whose_name_is_no_agents_name_is_told(api, folder, name):
    write(folder, GOOD, name)

    told = await complained(api, f"agents/{name}")
    assert "named after its file" in told[f"agents/{name}"]["message"]
    assert set(await agents_of(api)) == {"default"}


async def test_two_processes_see_each_others_agents(folder):
    async with running_world(folder) as one, running_world(folder) as other:
        await one.post(AGENTS, {"name": "shop", "title": "A"})
        seen = await shown(other, "shop", title="A")
        await other.put(f"{AGENTS}/shop", {"title": "B"})

        assert seen == (await shown(one, "shop", title="B")) | {
            name: seen[name] for name in ("title", "version", "updatedAt")
        }
        assert (await agents_of(one)) == (await agents_of(other))


async def test_a_folder_that_cannot_be_written_refuses_edits(folder):
    write(folder, GOOD)
    with binding_rights():
        async with running_world(folder) as api:
            (folder / "agents" / "shop.yaml").chmod(0o444)
            (folder / "agents").chmod(0o555)

            refused = [
                await api.put(f"{AGENTS}/shop", {"title": "T"}),
                await api.post(AGENTS, {"name": "other"}),
                await api.put(f"{AGENTS}/default", {"title": "T"}),
                await api.request("DELETE", f"{AGENTS}/shop"),
            ]
            codes = {(one.status_code, one.json()["code"]) for one in refused}
            assert codes == {(409, "read_only")}
            assert (folder / "agents" / "shop.yaml").read_text() == GOOD
            (folder / "agents").chmod(0o755)


async def test_a_version_in_a_file_is_the_lowest_it_may_get(api, folder):
    write(folder, GOOD + "version: 7\n")
    await shown(api, "shop", version=7)

    answer = await api.put(f"{AGENTS}/shop", {"title": "T"})

    assert answer.json()["agent"]["version"] == 8
