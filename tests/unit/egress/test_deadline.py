"""A deadline ends what takes too long, and nothing else."""

import asyncio

import pytest

from deftly.egress.deadline import Deadline


async def wait_under(limit_s, entered=None):
    with Deadline(limit_s):
        if entered is not None:
            entered.set()
        await asyncio.Event().wait()


async def test_what_takes_too_long_is_ended_and_the_task_goes_on():
    with pytest.raises(TimeoutError):
        await wait_under(0.01)
    task = asyncio.current_task()
    assert task is not None
    assert task.cancelling() == 0
    await asyncio.sleep(0)


async def test_what_is_quick_enough_is_left_alone():
    with Deadline(30):
        await asyncio.sleep(0)


async def test_a_cancellation_from_outside_stays_one():
    entered = asyncio.Event()
    task = asyncio.create_task(wait_under(30, entered))
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_both_at_once_are_a_cancellation():
    async def both():
        with Deadline(0):
            asyncio.get_running_loop().call_later(0, task.cancel)
            await asyncio.Event().wait()

    task = asyncio.create_task(both())
    with pytest.raises((asyncio.CancelledError, TimeoutError)):
        await task


async def test_the_inner_of_two_speaks_for_itself():
    with Deadline(30), pytest.raises(TimeoutError):
        await wait_under(0.01)


async def test_another_fault_passes_through():
    with pytest.raises(KeyError), Deadline(30):
        raise KeyError


def test_it_is_kept_inside_a_task():
    with pytest.raises(RuntimeError), Deadline(1):
        pass
