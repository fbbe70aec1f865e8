import sqlite3
from dataclasses import replace
from importlib import resources

import pytest

from deftly.domain.event import EventKind
from deftly.errors import EditConflict
from deftly.store.heads import Head, HeadKind, SqliteHeads
from tests.contract.kit import Store, opened

SHOP = Head("id-1", "shop", "shop.yaml", "sha-1", "digest-1", 1, {"title": "Shop"})
DESK = replace(SHOP, id="id-2", name="desk", file="desk.yaml", definition={"n": [1, None]})

V1 = {"id-1": 1}


@pytest.fixture(params=list(HeadKind))
def kind(request):
    return request.param


async def test_what_is_recorded_is_there_for_every_process(store: Store, other: Store, kind):
    stored = await SqliteHeads(store.database, kind).record([SHOP, DESK], {})

    assert await SqliteHeads(other.database, kind).all() == stored
    assert [one.definition for one in stored] == [SHOP.definition, DESK.definition]
    assert {one.at for one in stored} == {"2026-01-01T12:00:00.000Z"}


async def test_other_content_is_a_new_version_and_the_same_is_none(store: Store, clock, kind):
    heads = SqliteHeads(store.database, kind)
    (first,) = await heads.record([SHOP], {})
    clock.pass_s(60)

    (same,) = await heads.record([replace(SHOP, file="shop.yml", file_sha256="sha-2")], V1)
    (changed,) = await heads.record([replace(SHOP, content_digest="digest-2")], V1)
    (higher,) = await heads.record(
        [replace(SHOP, content_digest="digest-3", version=9)], {"id-1": 2}
    )

    assert same == replace(first, file="shop.yml", file_sha256="sha-2")
    assert (changed.version, changed.at) == (2, "2026-01-01T12:01:00.000Z")
    assert higher.version == 9
    assert await heads.all() == (higher,)


async def test_two_processes_that_see_the_same_edit_make_one_version(
    store: Store, other: Store, kind
):
    here, there = SqliteHeads(store.database, kind), SqliteHeads(other.database, kind)
    await here.record([SHOP], {})
    edited = replace(SHOP, content_digest="digest-2")

    assert await here.record([edited], V1) == await there.record([edited], V1)
    assert [one.version for one in await here.all()] == [2]


@pytest.mark.parametrize("seen", [{}, V1, {"id-1": 3}])
async def test_what_was_read_before_the_newest_version_came_is_not_recorded(
    store: Store, kind, seen
):
    heads = SqliteHeads(store.database, kind)
    await heads.record([SHOP], {})
    newest = await heads.record([replace(SHOP, content_digest="digest-2")], V1)

    with pytest.raises(EditConflict, match="shop"):
        await heads.record([DESK, replace(SHOP, content_digest="read-before")], seen)
    with pytest.raises(EditConflict, match="shop"):
        await heads.forget({"id-1": 1})
    assert await heads.all() == newest


EVENTS = {
    HeadKind.AGENT: (EventKind.AGENT_CHANGED, EventKind.AGENT_DELETED),
    HeadKind.WIDGET: (EventKind.WIDGET_CHANGED, EventKind.WIDGET_DELETED),
}


async def test_what_is_forgotten_is_gone_and_announced_once(store: Store, kind):
    heads = SqliteHeads(store.database, kind)
    start = await store.changes.latest()
    await heads.record([SHOP, DESK], {})

    await heads.forget({"id-1": 1, "nobody": 7})
    await heads.forget(V1)

    assert [one.name for one in await heads.all()] == ["desk"]
    assert await store.changes.latest() == start + 3
    following = store.changes.follow(start)
    told = [await anext(following) for _ in range(3)]
    changed, deleted = EVENTS[kind]
    assert [(one.kind, one.subject, one.data) for one in told] == [
        (changed, "id-1", {"name": "shop", "version": 1}),
        (changed, "id-2", {"name": "desk", "version": 1}),
        (deleted, "id-1", {"name": "shop"}),
    ]


async def test_one_kind_knows_nothing_of_another_of_the_same_id(store: Store):
    agents, widgets = (SqliteHeads(store.database, kind) for kind in HeadKind)
    await agents.record([SHOP], {})
    await widgets.record([replace(SHOP, content_digest="other")], {})

    await agents.forget(V1)

    assert await agents.all() == ()
    assert [one.content_digest for one in await widgets.all()] == ["other"]


async def test_it_outlives_the_process(folder, clock, kind):
    async with opened(folder, clock) as store:
        stored = await SqliteHeads(store.database, kind).record([SHOP], {})
    async with opened(folder, clock) as store:
        assert await SqliteHeads(store.database, kind).all() == stored


def script_of(number: int) -> str:
    """Return a migration by its number."""
    folder = resources.files("deftly.store.migrations")
    (found,) = (one for one in folder.iterdir() if one.name.startswith(f"{number:04}_"))
    return found.read_text()


async def test_agents_of_an_earlier_database_are_taken_over(folder, clock):
    old = sqlite3.connect(folder / "deftly.db")
    for number in range(1, 8):
        old.executescript(script_of(number))
    old.execute(
        "INSERT INTO agents VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ["id-1", "shop", "shop.yaml", "sha-1", "digest-1", 3, '{"title": "Shop"}', "then"],
    )
    old.execute("PRAGMA user_version = 7")
    old.commit()
    old.close()

    async with opened(folder, clock) as store:
        agents, widgets = (SqliteHeads(store.database, kind) for kind in HeadKind)
        assert await agents.all() == (replace(SHOP, version=3, at="then"),)
        assert await widgets.all() == ()
