import asyncio
import itertools
import sqlite3
import time

import pytest

from deftly.domain.event import EventKind
from deftly.domain.run import TRANSITIONS, RunEvent, RunFault, ShownCard, Status, Trigger
from deftly.errors import InvalidRequest, NotFound
from deftly.store.runs import RunFilter
from tests.contract.kit import (
    ALL,
    HandClock,
    Held,
    Store,
    a_run,
    an_ending,
    claim,
    deny,
    hold,
    opened,
)


async def test_a_run_is_kept_as_it_was_given(store: Store):
    run = a_run(
        arguments={"big": 2**70, "text": "ÄÖ\u2028\n", "deep": [[{"null": None}]]},
        conversation_id="c1",
        trigger=Trigger.CHAT,
    )
    await store.runs.begin(run)

    assert await store.runs.get(run.id) == run


async def test_a_finished_run_has_its_ending(store: Store, clock: HandClock):
    run = a_run()
    await store.runs.begin(run)
    clock.pass_s(1)
    fault = RunFault(code="timeout", message="Too slow.")

    ending = an_ending(RunEvent.FAILED, result=None, error=fault, sent_bytes=7, received_bytes=9)
    assert await store.runs.finish(run.id, ending)

    assert await store.runs.get(run.id) == run.with_(
        status=Status.FAILED,
        error=fault,
        finished_at="2026-01-01T12:00:01.000Z",
        duration_ms=1.5,
        sent_bytes=7,
        received_bytes=9,
    )


async def test_an_ending_is_recorded_once(store: Store):
    run = a_run()
    await store.runs.begin(run)

    endings = [an_ending(result=n) for n in range(16)]
    recorded = await asyncio.gather(*(store.runs.finish(run.id, ending) for ending in endings))

    assert sorted(recorded) == [False] * 15 + [True]
    assert (await store.runs.get(run.id)).result == recorded.index(True)


async def test_only_the_process_that_began_a_run_finishes_it(store: Store, other: Store):
    run = a_run()
    await store.runs.begin(run)

    assert not await other.runs.finish(run.id, an_ending())
    assert await store.runs.finish(run.id, an_ending())


async def test_an_unknown_run_is_not_found(store: Store):
    with pytest.raises(NotFound):
        await store.runs.get("nobody")


async def in_status(store: Store, clock: HandClock, status: Status) -> Held:
    """Bring a run into the status by the ways callers have."""
    held = await hold(store, tool=f"tool_{status}", lasts_s=300)
    match status:
        case Status.CONFIRM_REQUIRED:
            pass
        case Status.DENIED:
            await deny(store, held)
        case Status.VOID:
            await claim(store, held, version_hash="v2")
        case Status.EXPIRED:
            clock.pass_s(301)
            await store.confirmations.expire_due()
        case _:
            await claim(store, held)
    match status:
        case Status.SUCCEEDED:
            await store.runs.finish(held.run.id, an_ending())
        case Status.FAILED:
            await store.runs.finish(held.run.id, an_ending(RunEvent.FAILED))
        case Status.UNKNOWN:
            await store.runs.finish(held.run.id, an_ending(RunEvent.LOST))
        case _:
            pass
    assert (await store.runs.get(held.run.id)).status is status
    return held


@pytest.mark.parametrize(("status", "event"), [*itertools.product(Status, RunEvent)])
async def test_every_status_takes_exactly_the_events_of_the_table(
    store: Store, other: Store, clock: HandClock, status: Status, event: RunEvent
):
    held = await in_status(store, clock, status)
    run_id = held.run.id
    expected = TRANSITIONS.get(status, {}).get(event, status)
    seen = await store.changes.latest()

    match event:
        case RunEvent.CONFIRMED:
            await claim(store, held)
        case RunEvent.DENIED:
            await deny(store, held)
        case RunEvent.VOIDED:
            await claim(store, held, version_hash=None)
        case RunEvent.EXPIRED:
            clock.pass_s(301)
            await store.confirmations.expire_due()
        case RunEvent.LOST:
            store.lease.release()
            await other.runs.settle_lost()
        case _:
            await store.runs.finish(run_id, an_ending(event))

    assert (await store.runs.get(run_id)).status is expected
    assert (await store.changes.latest() > seen) is (expected is not status)


async def test_runs_are_listed_newest_first_a_page_at_a_time(store: Store):
    runs = [a_run() for _ in range(7)]
    for run in runs:
        await store.runs.begin(run)

    listed, cursor, pages = [], None, 0
    while pages == 0 or cursor is not None:
        page = await store.runs.list(ALL, cursor=cursor, limit=3)
        listed += [run.id for run in page.runs]
        cursor, pages = page.next, pages + 1

    assert listed == [run.id for run in reversed(runs)]
    assert pages == 3


@pytest.mark.parametrize(
    "which",
    [
        RunFilter(action="a2"),
        RunFilter(status=Status.SUCCEEDED),
        RunFilter(trigger=Trigger.CHAT),
        RunFilter(conversation_id="c1"),
        RunFilter(principal="user:7"),
        RunFilter(action="a2", status=Status.SUCCEEDED, trigger=Trigger.CHAT, principal="user:7"),
    ],
)
async def test_a_filter_picks_what_it_names(store: Store, which: RunFilter):
    wanted = a_run(action_id="a2", trigger=Trigger.CHAT, conversation_id="c1", principal="user:7")
    for run in (wanted, a_run()):
        await store.runs.begin(run)
    await store.runs.finish(wanted.id, an_ending())

    page = await store.runs.list(which, cursor=None, limit=10)

    assert [run.id for run in page.runs] == [wanted.id]


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "cnVuczow", "cnVuczotMQ", "cnVuczox=", "cnVuczox ", "é", "runs:1", "a" * 999],
)
async def test_a_foreign_cursor_is_refused(store: Store, cursor: str):
    with pytest.raises(InvalidRequest, match="cursor"):
        await store.runs.list(ALL, cursor=cursor, limit=10)


@pytest.mark.parametrize("limit", [-1, 0, 501])
async def test_a_limit_out_of_range_is_refused(store: Store, limit: int):
    with pytest.raises(InvalidRequest, match="limit"):
        await store.runs.list(ALL, cursor=None, limit=limit)


async def test_runs_of_a_dead_process_become_unknown(store: Store, other: Store):
    lost, alive, done = a_run(), a_run(), a_run()
    await other.runs.begin(lost)
    await other.runs.begin(done)
    await other.runs.finish(done.id, an_ending())
    await store.runs.begin(alive)
    assert await store.runs.settle_lost() == ()

    other.lease.release()
    settled = await store.runs.settle_lost()

    assert [run.id for run in settled] == [lost.id]
    assert settled[0].status is Status.UNKNOWN
    assert settled[0].error is not None
    assert settled[0].error.code == "unknown_outcome"
    assert not await other.runs.finish(lost.id, an_ending())
    assert (await store.runs.get(alive.id)).status is Status.RUNNING


async def test_one_lost_run_is_settled_by_its_id(store: Store, other: Store):
    runs = [a_run(), a_run()]
    for run in runs:
        await other.runs.begin(run)
    other.lease.release()

    settled = await store.runs.settle_lost(runs[0].id)

    assert [run.id for run in settled] == [runs[0].id]
    assert (await store.runs.get(runs[1].id)).status is Status.RUNNING


async def test_events_tell_of_a_run_without_what_it_carried(store: Store):
    run = a_run(arguments={"password": "hunter22"}, conversation_id="c1")
    await store.runs.begin(run)
    await store.runs.finish(run.id, an_ending(result="hunter22"))

    events = []
    async for event in store.changes.follow(0):
        events.append(event)
        if len(events) == 2:
            break

    assert [event.kind for event in events] == [EventKind.RUN_STARTED, EventKind.RUN_CHANGED]
    assert {event.subject for event in events} == {run.id}
    assert events[1].data == {
        "tool": "get_order_status",
        "status": "succeeded",
        "actionId": "action-1",
        "trigger": "rest",
        "conversationId": "c1",
    }


@pytest.mark.speed
@pytest.mark.slow
async def test_lists_stay_fast_in_a_long_log(folder, clock: HandClock):
    async with opened(folder, clock) as store:
        for status, n in (("succeeded", 99_990), ("failed", 10)):
            _fill(folder / "deftly.db", status, n)
        filters = [ALL, RunFilter(status=Status.FAILED), RunFilter(conversation_id="c5")]
        filters += [RunFilter(action="a1", status=Status.FAILED), RunFilter(principal="nobody")]
        for which in filters:
            started_s = time.perf_counter()
            await store.runs.list(which, cursor=None, limit=50)
            assert time.perf_counter() - started_s < 0.2, which


def _fill(path, status: str, n: int) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "INSERT INTO runs (id, action_id, action_version, tool, principal, trigger, "
            "conversation_id, arguments, status, created_at, sent_bytes, received_bytes) "
            "SELECT ? || i, 'a' || (i % 3), 1, 't', 'key:' || (i % 9), 'rest', 'c' || (i % 999), "
            "'{}', ?, '2026-01-01T12:00:00.000Z', 0, 0 FROM n",
            [n, status, status],
        )
    connection.close()


CARD = ShownCard(
    widget="order_card",
    card={"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "Größe\u2028"}]},
    spoken="Größe",
    buttons={"s1": {"type": "save", "action": "", "arguments": {}, "text": "Send"}},
)


@pytest.mark.parametrize(("card", "note"), [(CARD, None), (None, "No order."), (CARD, "No title.")])
async def test_what_was_shown_of_a_run_is_kept_with_its_ending(store: Store, card, note):
    ending = an_ending(card=card, note=note)
    begun, whole = a_run(), a_run()
    await store.runs.begin(begun)
    assert await store.runs.finish(begun.id, ending)
    await store.runs.record(whole, ending)

    for run_id in (begun.id, whole.id):
        kept = await store.runs.get(run_id)
        assert (kept.card, kept.note) == (card, note)
    listed = (await store.runs.list(ALL, cursor=None, limit=10)).runs
    assert [(one.card, one.note) for one in listed] == [(None, None)] * 2
