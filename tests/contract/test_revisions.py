import pytest

from deftly.domain.event import EventKind
from deftly.domain.run import Status
from deftly.errors import EditConflict, NotFound
from deftly.store.revisions import RevisionKind
from tests.contract.kit import Store, an_edit, hold, recorded

OTHER = {"content_digest": "c2", "version_hash": "v2", "definition": {"name": "N", "x-note": "ä"}}


async def events(store: Store, after: int = 0) -> list[tuple[EventKind, str, object]]:
    newest = await store.changes.latest()
    heard: list[tuple[EventKind, str, object]] = []
    if newest > after:
        async for event in store.changes.follow(after):
            heard.append((event.kind, event.subject, event.data))
            if event.seq == newest:
                break
    return heard


async def test_each_change_is_a_version(store: Store):
    first = await recorded(store)
    second = await recorded(store, **OTHER, enabled=False, author="key:1")

    assert (first.version, second.version) == (1, 2)
    assert second.definition == {"name": "N", "x-note": "ä"}
    assert await store.revisions.heads() == (second,)
    assert await store.revisions.history("action-1") == (second, first)
    assert await store.revisions.get("action-1", 1) == first
    assert await events(store) == [
        (
            EventKind.ACTION_CHANGED,
            "action-1",
            {"name": "GET_ORDER_STATUS", "version": 1, "enabled": True},
        ),
        (
            EventKind.ACTION_CHANGED,
            "action-1",
            {"name": "GET_ORDER_STATUS", "version": 2, "enabled": False},
        ),
    ]


async def test_the_same_content_is_no_new_version(store: Store):
    first = await recorded(store)
    seen = await store.changes.latest()

    again = await recorded(store, file="moved.yaml", file_sha256="f2")

    assert (again.version, again.at) == (1, first.at)
    assert (again.file, again.file_sha256) == ("moved.yaml", "f2")
    assert await store.revisions.heads() == (again,)
    assert await store.changes.latest() == seen


@pytest.mark.parametrize(("asked", "given"), [(7, 7), (2, 4), (4, 4)])
async def test_a_version_number_never_falls(store: Store, asked: int, given: int):
    await recorded(store, version=3)

    assert (await recorded(store, **OTHER, version=asked)).version == given


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        (OTHER, Status.VOID),
        ({"content_digest": "c2"}, Status.CONFIRM_REQUIRED),
        ({"content_digest": "c2", "enabled": False}, Status.VOID),
        ({"file_sha256": "f2"}, Status.CONFIRM_REQUIRED),
        ({**OTHER, "action_id": "action-2"}, Status.CONFIRM_REQUIRED),
    ],
)
async def test_an_edit_voids_what_was_asked_about_another_version(store: Store, fields, status):
    await recorded(store)
    held = await hold(store, version_hash="v1")

    await recorded(store, **fields)

    assert (await store.confirmations.get(held.confirmation.id)).status is status
    assert (await store.runs.get(held.run.id)).status is status


async def test_a_deleted_action_has_no_head_and_voids_all(store: Store):
    await recorded(store)
    held = await hold(store, version_hash="v1")
    seen = await store.changes.latest()

    deleted = await store.revisions.delete("action-1", "key:1", seen=1)

    assert (deleted.version, deleted.kind, deleted.author) == (2, RevisionKind.DELETED, "key:1")
    assert await store.revisions.heads() == ()
    assert (await store.runs.get(held.run.id)).status is Status.VOID
    told = (EventKind.ACTION_DELETED, "action-1", {"name": "GET_ORDER_STATUS"})
    assert told in await events(store, seen)
    with pytest.raises(NotFound):
        await store.revisions.delete("action-1", "key:1", seen=1)
    with pytest.raises(NotFound):
        await store.revisions.delete("nobody", "key:1", seen=1)


async def test_a_deleted_action_that_comes_back_is_a_new_version(store: Store):
    await recorded(store)
    await store.revisions.delete("action-1", "local", seen=1)

    back = await recorded(store)

    assert (back.version, back.kind) == (3, RevisionKind.CHANGED)
    assert await store.revisions.heads() == (back,)


@pytest.mark.parametrize("seen", [{}, {"action-1": 1}, {"action-1": 3}])
async def test_what_was_read_before_the_newest_version_came_is_not_recorded(store: Store, seen):
    await recorded(store)
    newest = await recorded(store, **OTHER)
    late = an_edit(content_digest="read-before", file_sha256="older")

    with pytest.raises(EditConflict, match="GET_ORDER_STATUS"):
        await store.revisions.record([an_edit(action_id="a2"), late], seen)
    assert await store.revisions.heads() == (newest,)

    with pytest.raises(EditConflict, match="GET_ORDER_STATUS"):
        await store.revisions.delete("action-1", "local", seen=seen.get("action-1", 0))
    assert await store.revisions.heads() == (newest,)


async def test_what_was_read_before_it_was_deleted_does_not_bring_it_back(store: Store):
    await recorded(store)
    await store.revisions.delete("action-1", "local", seen=1)

    with pytest.raises(EditConflict):
        await store.revisions.record([an_edit(**OTHER)], {"action-1": 1})
    assert await store.revisions.heads() == ()


async def test_two_that_read_the_same_store_it_once(store: Store):
    first = await recorded(store)

    assert await store.revisions.record([an_edit()], {}) == (first,)


async def test_many_are_recorded_at_once_or_not_at_all(store: Store):
    edits = [an_edit(action_id=f"a{n}") for n in range(3)]
    revisions = await store.revisions.record(edits, {})
    assert [revision.action_id for revision in revisions] == ["a0", "a1", "a2"]

    broken = an_edit(action_id="a4", name=None)
    with pytest.raises(Exception, match="name"):
        await store.revisions.record([an_edit(action_id="a3"), broken], {})
    assert len(await store.revisions.heads()) == 3


async def test_an_unknown_action_has_no_history(store: Store):
    assert await store.revisions.history("nobody") == ()
    with pytest.raises(NotFound):
        await store.revisions.get("nobody", 1)
