"""What a process that is killed leaves behind, and what a backup brings back."""

import shutil
from pathlib import Path

import pytest

from deftly.domain.run import Status
from deftly.values import SystemClock
from tests.contract.kit import Child, Held, Store, claim, hold, opened

CLAIM_AND_HANG = """
import asyncio, sys
from pathlib import Path
from tests.contract.kit import opened, a_run

async def main(folder, confirmation_id, token_sha256, principal):
    async with opened(Path(folder)) as store:
        claimed = await store.confirmations.claim(
            confirmation_id, token_sha256, principal, version_hash="v1"
        )
        print(claimed.won, flush=True)
        await asyncio.Event().wait()

asyncio.run(main(*sys.argv[1:]))
"""
RACE = """
import asyncio, json, sys
from pathlib import Path
from tests.contract.kit import opened

async def main(folder, *questions):
    async with opened(Path(folder)) as store:
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        won = 0
        for question in questions:
            id, token, principal = question.split()
            claims = await asyncio.gather(*(
                store.confirmations.claim(id, token, principal, version_hash="v1")
                for _ in range(4)
            ))
            won += sum(claimed.won for claimed in claims)
        print(won, flush=True)
        await asyncio.to_thread(sys.stdin.readline)

asyncio.run(main(*sys.argv[1:]))
"""


def named(held: Held) -> list[str]:
    return [held.confirmation.id, held.token_sha256, held.principal]


@pytest.mark.slow
async def test_a_run_whose_process_was_killed_is_unknown_and_never_starts_again(folder: Path):
    async with opened(folder, SystemClock()) as store:
        held = await hold(store)
        child = Child(CLAIM_AND_HANG, str(folder), *named(held))
        assert await child.line() == "True"
        assert await store.runs.settle_lost() == ()

        await child.kill()

        second = await claim(store, held)
        assert not second.won
        assert second.run.status is Status.UNKNOWN
        assert second.run.error is not None
        assert not (await claim(store, held)).won
        assert await store.runs.settle_lost() == ()


@pytest.mark.slow
async def test_of_confirms_in_four_processes_exactly_one_wins(folder: Path):
    async with opened(folder, SystemClock()) as store:
        questions = [" ".join(named(await hold(store, tool=f"t{n}"))) for n in range(25)]
        children = [Child(RACE, str(folder), *questions) for _ in range(4)]
        for child in children:
            assert await child.line() == "ready"
        for child in children:
            child.go()
        won = [int(await child.line()) for child in children]
        for child in children:
            assert await child.ended() == 0

        assert sum(won) == len(questions), won


async def test_a_confirm_that_meets_a_lost_run_settles_it_first(store: Store, other: Store):
    held = await hold(store)
    assert (await claim(other, held)).won
    assert (await claim(store, held)).run.status is Status.RUNNING

    other.lease.release()

    met = await claim(store, held)
    assert not met.won
    assert met.run.status is Status.UNKNOWN


async def test_a_backup_brings_no_expired_question_back(folder: Path, clock):
    async with opened(folder, clock) as store:
        held = await hold(store, lasts_s=300)
    shutil.copy(folder / "deftly.db", folder / "backup")
    async with opened(folder, clock) as store:
        await claim(store, held)

    shutil.copy(folder / "backup", folder / "deftly.db")
    clock.pass_s(301)

    async with opened(folder, clock) as store:
        assert await store.confirmations.list(Status.CONFIRM_REQUIRED) == ()
        met = await claim(store, held)
        assert not met.won
        assert met.run.status is Status.EXPIRED


async def test_a_backup_brings_no_running_run_back(folder: Path, clock):
    async with opened(folder, clock) as store:
        held = await hold(store)
        await claim(store, held)
        await store.database.read(lambda view: view.one("SELECT 1"))
    async with opened(folder, clock) as store:
        (lost,) = await store.runs.settle_lost()
        assert lost.id == held.run.id
