import asyncio

import pytest

from deftly.errors import IdempotencyConflict, NotFound
from deftly.store.idempotency import Idempotency
from tests.contract.kit import HandClock, Store, a_run, an_ending

SAME = Idempotency("k1", "digest-1")


async def test_a_key_gives_the_first_run_as_it_stands(store: Store):
    first, second = a_run(), a_run()
    assert await store.runs.begin(first, idempotency=SAME) is None
    await store.runs.finish(first.id, an_ending())

    earlier = await store.runs.begin(second, idempotency=SAME)

    assert earlier == await store.runs.get(first.id)
    with pytest.raises(NotFound):
        await store.runs.get(second.id)


async def test_racing_callers_with_one_key_begin_one_run(store: Store, other: Store):
    runs = [a_run() for _ in range(16)]
    begun = await asyncio.gather(
        *((store, other)[n % 2].runs.begin(run, idempotency=SAME) for n, run in enumerate(runs))
    )

    assert begun.count(None) == 1
    winner = runs[begun.index(None)].id
    assert {earlier.id for earlier in begun if earlier is not None} == {winner}


async def test_a_key_with_other_arguments_is_refused(store: Store):
    await store.runs.begin(a_run(), idempotency=SAME)

    with pytest.raises(IdempotencyConflict):
        await store.runs.begin(a_run(), idempotency=Idempotency("k1", "digest-2"))


@pytest.mark.parametrize("fields", [{"principal": "key:2"}, {"tool": "other"}])
async def test_a_key_is_one_principals_for_one_tool(store: Store, fields: dict[str, str]):
    await store.runs.begin(a_run(), idempotency=SAME)

    assert await store.runs.begin(a_run(**fields), idempotency=SAME) is None


async def test_a_key_is_forgotten_after_a_day(store: Store, clock: HandClock):
    await store.runs.begin(a_run(), idempotency=SAME)
    clock.pass_s(24 * 3600 - 1)
    assert await store.runs.begin(a_run(), idempotency=SAME) is not None
    clock.pass_s(1)

    assert await store.runs.begin(a_run(), idempotency=SAME) is None
