"""What is too old is forgotten, by any process, and nothing that anybody waits for."""

import asyncio
import sqlite3

import pytest

from deftly.domain.run import RunEvent
from deftly.errors import NotFound
from deftly.store.retention import OLD_CONVERSATIONS, OLD_RUNS, RUNS_AT_ONCE, Retention
from deftly.store.transcripts import Addition, Claimed, HistoryRow, SqliteTranscripts
from deftly.values import format_time
from tests.contract.kit import ALL, IDS, Child, a_run, an_ending, claim, deny, hold

DAY_S = 86_400


def retention(store, *, runs=0, conversations=0):
    return Retention(store.database, runs_days=runs, conversations_days=conversations)


async def ended(store, event=RunEvent.SUCCEEDED, **fields):
    run = a_run(created_at=format_time(store.now()), **fields)
    await store.runs.begin(run)
    await store.runs.finish(run.id, an_ending(event))
    return run.id


async def kept(store):
    return {run.id for run in (await store.runs.list(ALL, cursor=None, limit=500)).runs}


@pytest.mark.parametrize(
    ("days", "passed", "stays"), [(7, 6, True), (7, 8, False), (0, 9999, True)]
)
async def test_a_run_is_kept_for_as_many_days(store, clock, days, passed, stays):
    run_id = await ended(store)
    clock.pass_s(passed * DAY_S)

    assert await retention(store, runs=days).forget_old() == (0 if stays else 1)
    assert await kept(store) == ({run_id} if stays else set())


async def test_what_waits_or_runs_is_never_forgotten(store, clock):
    waiting = await hold(store, lasts_s=400 * DAY_S)
    running = a_run()
    await store.runs.begin(running)
    clock.pass_s(300 * DAY_S)

    assert await retention(store, runs=1, conversations=1).forget_old() == 0
    assert await kept(store) == {waiting.run.id, running.id}
    await claim(store, waiting)


@pytest.mark.parametrize(("passed", "stays"), [(2, True), (29, True), (31, False)])
async def test_an_unknown_outcome_stays_for_a_month(store, clock, passed, stays):
    run_id = await ended(store, RunEvent.LOST)
    clock.pass_s(passed * DAY_S)
    await retention(store, runs=1).forget_old()

    assert await kept(store) == ({run_id} if stays else set())


async def test_with_a_run_go_its_confirmation_and_tokens(store, clock, folder):
    held = await hold(store)
    await deny(store, held)
    clock.pass_s(3 * DAY_S)
    await retention(store, runs=2).forget_old()

    with pytest.raises(NotFound):
        await store.confirmations.get(held.confirmation.id)
    with pytest.raises(NotFound):
        await deny(store, held)
    with sqlite3.connect(folder / "deftly.db") as looking:
        (tokens,) = looking.execute("SELECT count(*) FROM confirmation_tokens").fetchone()
    looking.close()
    assert tokens == 0


@pytest.fixture
def transcripts(store):
    return SqliteTranscripts(store.database, store.lease)


async def conversation(store, transcripts, thread):
    opened = await store.conversations.open("default", "local", thread)
    turn = await transcripts.begin(opened.id, IDS.new_id())
    assert isinstance(turn, Claimed)
    history = [HistoryRow(asked=True, messages="[]")]
    await transcripts.add(turn, Addition(history=history, ends=True))
    return opened.id


async def conversations_of(store):
    page = await store.conversations.list(None, cursor=None, limit=200)
    return {one.id for one in page.conversations}


async def test_an_idle_conversation_is_forgotten_and_one_in_use_is_not(store, clock, transcripts):
    await conversation(store, transcripts, "old")
    asking = await conversation(store, transcripts, "asking")
    await hold(store, lasts_s=400 * DAY_S, conversation_id=asking)
    busy = (await store.conversations.open("default", "local", "busy")).id
    await transcripts.begin(busy, IDS.new_id())
    clock.pass_s(10 * DAY_S)
    fresh = await conversation(store, transcripts, "fresh")

    assert await retention(store, conversations=9).forget_old() == 1
    assert await conversations_of(store) == {asking, busy, fresh}


async def test_a_forgotten_conversation_leaves_its_runs_and_its_id_to_nobody(
    store, clock, transcripts
):
    old = await conversation(store, transcripts, "t")
    run_id = await ended(store, conversation_id=old)
    clock.pass_s(10 * DAY_S)
    await retention(store, conversations=9).forget_old()

    assert await kept(store) == {run_id}
    assert (await store.conversations.open("default", "local", "t")).id != old
    with pytest.raises(NotFound):
        await store.conversations.claim(old, "somebody")


async def test_several_processes_forget_together_while_calls_go_on(store, other, clock):
    old = [await ended(store) for _ in range(RUNS_AT_ONCE + 50)]
    clock.pass_s(5 * DAY_S)
    both = [retention(store, runs=2), retention(other, runs=2)]

    *forgotten, one, two = await asyncio.gather(
        *(each.forget_old() for each in both), ended(store), ended(other)
    )

    assert sum(forgotten) == len(old)
    assert await kept(store) == {one, two}


FORGETTING = """
import asyncio, sys
from pathlib import Path
from tests.contract.kit import opened, HandClock, NOON
from deftly.store.retention import Retention
from datetime import timedelta

async def main():
    async with opened(Path(sys.argv[1]), HandClock(NOON + timedelta(days=5))) as store:
        keeping = Retention(store.database, runs_days=2, conversations_days=2)
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        print(await keeping.forget_old(), flush=True)

asyncio.run(main())
"""


async def test_processes_of_their_own_forget_each_run_once(store, folder):
    for _ in range(40):
        await ended(store)
    children = [Child(FORGETTING, str(folder)) for _ in range(3)]
    for child in children:
        assert await child.line() == "ready"
    for child in children:
        child.go()
    forgotten = [int(await child.line()) for child in children]
    for child in children:
        await child.ended()

    assert sum(forgotten) == 40
    assert await kept(store) == set()


async def test_looking_for_what_is_old_reads_nothing_else(store, folder):
    looking = sqlite3.connect(folder / "deftly.db")
    steps: list[str] = []
    for sql in (OLD_RUNS, OLD_CONVERSATIONS):
        bound = ["x"] * (sql.count("?") - 1)
        steps += [row[3] for row in looking.execute(f"EXPLAIN QUERY PLAN {sql}", [*bound, 1])]
    looking.close()

    assert len(steps) >= 4
    assert not [step for step in steps if step.startswith("SCAN") or "TEMP B-TREE" in step]
