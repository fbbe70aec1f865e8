import pytest

from deftly.domain.run import Status
from tests.contract.kit import HandClock, Store, claim, deny, hold, opened


@pytest.mark.parametrize("answer", [claim, deny])
async def test_an_answer_after_the_time_is_over_expires_it(store: Store, clock, answer):
    held = await hold(store, lasts_s=300)
    clock.pass_s(300)

    answered = await answer(store, held)

    assert not answered.won
    assert answered.run.status is Status.EXPIRED


async def test_a_clock_moved_back_revives_nothing_in_this_process(store: Store, clock: HandClock):
    held = await hold(store, lasts_s=300)
    clock.pass_s(301)
    store.now()
    clock.move_back_s(3600)

    assert (await claim(store, held)).run.status is Status.EXPIRED


async def test_a_clock_moved_back_revives_nothing_after_a_restart(folder, clock: HandClock):
    async with opened(folder, clock) as store:
        held = await hold(store, lasts_s=300)
        clock.pass_s(301)
        await store.database.write(lambda tx: tx.now())

    clock.move_back_s(3600)
    async with opened(folder, HandClock(clock.now())) as store:
        assert (await claim(store, held)).run.status is Status.EXPIRED


async def test_a_clock_moved_back_in_another_process_revives_nothing(store: Store, folder, clock):
    late = HandClock(clock.now())
    late.move_back_s(3600)
    async with opened(folder, late) as other:
        held = await hold(store, lasts_s=300)
        clock.pass_s(301)
        await store.database.write(lambda tx: tx.now())

        assert (await claim(other, held)).run.status is Status.EXPIRED


async def test_time_goes_on_while_the_clock_is_behind(store: Store, clock: HandClock):
    held = await hold(store, lasts_s=300)
    clock.move_back_s(3600)
    clock.pass_s(301)

    assert (await claim(store, held)).run.status is Status.EXPIRED


async def test_what_nobody_answered_expires_in_a_sweep(store: Store, clock: HandClock):
    early, late = await hold(store, lasts_s=300), await hold(store, tool="another", lasts_s=301)
    clock.pass_s(300)

    assert await store.confirmations.expire_due() == (early.run.id,)
    assert (await store.confirmations.get(late.confirmation.id)).status is Status.CONFIRM_REQUIRED


async def test_what_is_due_counts_as_expired_before_any_sweep(store: Store, clock: HandClock):
    held = await hold(store)
    clock.pass_s(300)

    assert await store.confirmations.list(Status.CONFIRM_REQUIRED) == ()
    (listed,) = await store.confirmations.list(Status.EXPIRED)
    assert listed.id == held.confirmation.id
    assert (await store.confirmations.get(held.confirmation.id)).status is Status.EXPIRED


async def test_those_that_wait_are_counted_without_those_whose_time_is_over(store: Store, clock):
    await hold(store, lasts_s=300, tool="first")
    await hold(store, lasts_s=600, tool="second")
    assert await store.confirmations.count(Status.CONFIRM_REQUIRED) == 2
    clock.pass_s(300)

    assert await store.confirmations.count(Status.CONFIRM_REQUIRED) == 1
    assert await store.confirmations.count(Status.EXPIRED) == 1
    assert await store.confirmations.count(Status.DENIED) == 0
