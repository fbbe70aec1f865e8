import asyncio
from contextlib import aclosing
from functools import partial
from pathlib import Path

import pytest

from deftly.domain.event import Event, EventKind
from deftly.errors import StoreUnavailable
from deftly.store import changes
from deftly.store.changes import Lagged
from tests.contract.kit import Store, a_run, an_ending, until


async def say(store: Store, *subjects: str, kind: EventKind = EventKind.KEY_CHANGED) -> None:
    for subject in subjects:
        append = partial(changes.append, kind=kind, subject=subject, data={"n": None, "m": 1})
        await store.database.write(append)


async def hear(store: Store, count: int, after: int = 0) -> list[Event]:
    heard: list[Event] = []
    async with asyncio.timeout(5), aclosing(store.changes.follow(after)) as events:
        async for event in events:
            heard.append(event)
            if len(heard) == count:
                break
    return heard


async def test_a_follower_hears_every_event_in_order_from_any_process(store: Store, other: Store):
    following = [asyncio.create_task(hear(process, 60)) for process in (store, other)]
    names = [f"s{n}" for n in range(60)]
    await asyncio.gather(say(store, *names[:30]), say(other, *names[30:]))

    first, second = await asyncio.gather(*following)

    assert first == second
    assert {event.subject for event in first} == set(names)
    assert [event.seq for event in first] == sorted(event.seq for event in first)
    assert first[0].data == {"m": 1}


async def test_a_follower_goes_on_where_it_stopped(store: Store):
    await say(store, "a", "b", "c")
    (first,) = await hear(store, 1)

    assert [event.subject for event in await hear(store, 2, first.seq)] == ["b", "c"]


async def test_more_than_a_page_is_heard(store: Store):
    runs = [a_run() for _ in range(600)]
    await asyncio.gather(*(store.runs.begin(run) for run in runs))

    assert {event.subject for event in await hear(store, 600)} == {run.id for run in runs}


async def test_waiting_ends_with_the_next_event(store: Store, other: Store):
    for process in (store, other):
        latest = await store.changes.latest()
        waiting = asyncio.create_task(store.changes.wait(latest))
        await say(process, "a")
        async with asyncio.timeout(1):
            await waiting


async def test_an_event_of_a_failed_write_is_never_heard(store: Store):
    heard: list[str] = []
    store.changes.subscribe({EventKind.KEY_CHANGED}, lambda event: heard.append(event.subject))

    def fail(tx) -> None:
        changes.append(tx, EventKind.KEY_CHANGED, "lost", {})
        raise KeyError

    with pytest.raises(KeyError):
        await store.database.write(fail)
    await say(store, "kept")

    assert set(heard) == {"kept"}  # once or twice, as subscribers are told
    assert [event.subject for event in await hear(store, 1)] == ["kept"]


async def test_a_subscriber_hears_before_the_writer_goes_on(store: Store):
    heard: list[str] = []
    store.changes.subscribe({EventKind.KEY_CHANGED}, lambda event: heard.append(event.subject))
    await say(store, "other kind", kind=EventKind.SECRET_CHANGED)

    await say(store, "a")

    assert set(heard) == {"a"}


@pytest.mark.speed
async def test_a_subscriber_hears_other_processes_within_a_second(store: Store, other: Store):
    heard: list[str] = []
    other.changes.subscribe({EventKind.KEY_CHANGED}, lambda event: heard.append(event.subject))

    await store.runs.begin(a_run())
    await say(store, "a")

    await until(lambda: "a" in heard, deadline_s=1)


async def test_a_subscriber_that_fails_keeps_nobody_waiting(store: Store):
    def fail(event: Event) -> None:
        raise KeyError

    store.changes.subscribe({EventKind.KEY_CHANGED}, fail)
    loop = asyncio.get_running_loop()
    told: list[dict[str, object]] = []
    loop.set_exception_handler(lambda _, context: told.append(context))

    async with asyncio.timeout(1):
        await say(store, "a")

    assert len(told) == 1


async def test_whoever_is_too_far_behind_is_told(store: Store):
    await say(store, "a", "b")
    newest = await store.changes.latest()
    await store.database.change("DELETE FROM changes WHERE seq = ?", [1])

    for place in (0, newest + 1):
        with pytest.raises(Lagged):
            await hear(store, 1, place)
    assert [event.subject for event in await hear(store, 1, 1)] == ["b"]


async def test_the_newest_hundred_thousand_are_kept(store: Store):
    await store.database.change(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 101500) "
        "INSERT INTO changes (at, kind, subject, data) SELECT '', 'key.changed', i, '{}' FROM n",
        [],
    )

    kept = await store.database.read(
        lambda view: view.one("SELECT count(*) AS n, min(seq) AS oldest FROM changes")
    )

    assert kept is not None
    assert (kept["n"], kept["oldest"]) == (100_500, 1_001)
    with pytest.raises(Lagged):
        await hear(store, 1, 999)


async def test_a_follower_of_a_closed_store_is_told(store: Store, folder: Path):
    run = a_run()
    await store.runs.begin(run)
    await store.runs.finish(run.id, an_ending())
    await store.database.close()

    with pytest.raises(StoreUnavailable):
        await hear(store, 1)
