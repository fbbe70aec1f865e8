"""What goes on beside the calls goes on after a fault."""

import asyncio

from deftly.app import upkeep
from tests.world import until


async def test_a_step_that_breaks_keeps_no_other_from_being_taken(monkeypatch):
    monkeypatch.setattr(upkeep, "ROUND_S", 0.001)
    stop = asyncio.Event()
    taken = []

    async def break_down():
        raise ValueError("no good")

    async def step():
        taken.append(1)

    async with upkeep.kept_up(stop, {"rounds": lambda: upkeep.every_round(stop, break_down, step)}):
        await until(lambda: len(taken) > 2)


async def test_work_that_breaks_is_begun_again(monkeypatch):
    monkeypatch.setattr(upkeep, "ROUND_S", 0.001)
    stop = asyncio.Event()
    begun = []

    async def work():
        begun.append(1)
        if len(begun) < 3:
            raise ValueError("no good")
        await stop.wait()

    async with upkeep.kept_up(stop, {"work": work}):
        await until(lambda: len(begun) == 3)
