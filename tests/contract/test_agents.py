from dataclasses import replace

from deftly.domain.event import EventKind
from deftly.store.agents import AgentHead, SqliteAgentHeads
from tests.contract.kit import Store, opened

SHOP = AgentHead("id-1", "shop", "shop.yaml", "sha-1", "digest-1", 1, {"title": "Shop"})
DESK = replace(SHOP, agent_id="id-2", name="desk", file="desk.yaml", definition={"n": [1, None]})


async def test_what_is_recorded_is_there_for_every_process(store: Store, other: Store):
    stored = await SqliteAgentHeads(store.database).record([SHOP, DESK])

    assert await SqliteAgentHeads(other.database).all() == stored
    assert [one.definition for one in stored] == [SHOP.definition, DESK.definition]
    assert {one.at for one in stored} == {"2026-01-01T12:00:00.000Z"}


async def test_other_content_is_a_new_version_and_the_same_is_none(store: Store, clock):
    heads = SqliteAgentHeads(store.database)
    (first,) = await heads.record([SHOP])
    clock.pass_s(60)

    (same,) = await heads.record([replace(SHOP, file="shop.yml", file_sha256="sha-2")])
    (changed,) = await heads.record([replace(SHOP, content_digest="digest-2")])
    (higher,) = await heads.record([replace(SHOP, content_digest="digest-3", version=9)])

    assert same == replace(first, file="shop.yml", file_sha256="sha-2")
    assert (changed.version, changed.at) == (2, "2026-01-01T12:01:00.000Z")
    assert higher.version == 9
    assert await heads.all() == (higher,)


async def test_two_processes_that_see_the_same_edit_make_one_version(store: Store, other: Store):
    here, there = SqliteAgentHeads(store.database), SqliteAgentHeads(other.database)
    await here.record([SHOP])
    edited = replace(SHOP, content_digest="digest-2")

    assert await here.record([edited]) == await there.record([edited])
    assert [one.version for one in await here.all()] == [2]


async def test_what_is_forgotten_is_gone_and_announced_once(store: Store):
    heads = SqliteAgentHeads(store.database)
    await heads.record([SHOP, DESK])
    start = await store.changes.latest()

    await heads.forget(["id-1", "nobody"])
    await heads.forget(["id-1"])

    assert [one.name for one in await heads.all()] == ["desk"]
    assert await store.changes.latest() == start + 1
    event = await anext(store.changes.follow(start))
    assert (event.kind, event.data) == (EventKind.AGENT_DELETED, {"name": "shop"})


async def test_it_outlives_the_process(folder, clock):
    async with opened(folder, clock) as store:
        stored = await SqliteAgentHeads(store.database).record([SHOP])
    async with opened(folder, clock) as store:
        assert await SqliteAgentHeads(store.database).all() == stored
