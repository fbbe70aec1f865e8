"""How soon an edit by hand is live among many, and what it costs everybody else."""

import asyncio
import gc
import time

import pytest

from tests.world import running_world, until

ACTION = """\
name: ACT_{number}
description: Look up order {number}.
parameters:
  - {{name: order_id, description: Its number, required: true}}
handler: {{type: http, url: "https://api.example.com/orders/{{{{order_id}}}}"}}
executionMode: auto
"""
TICK_S = 0.005


async def longest_stall_s(stop: asyncio.Event) -> float:
    longest_s = 0.0
    while not stop.is_set():
        began_s = time.perf_counter()
        await asyncio.sleep(TICK_S)
        longest_s = max(longest_s, time.perf_counter() - began_s - TICK_S)
    return longest_s


@pytest.mark.speed
async def test_one_file_of_a_thousand_is_live_within_a_second_and_stalls_nobody(folder):
    actions = folder / "actions"
    actions.mkdir()
    for number in range(1000):
        (actions / f"act_{number}.yaml").write_text(ACTION.format(number=number))
    async with running_world(folder) as api:
        catalog = api.deftly.catalog
        assert len(catalog.snapshot.actions) == 1000
        await catalog.refresh()
        gc.collect()  # a full collection over everything loaded is not what is measured
        stop = asyncio.Event()
        stalls = asyncio.create_task(longest_stall_s(stop))

        (actions / "act_7.yaml").write_text(ACTION.format(number=7).replace("Look", "Pick"))
        await until(
            lambda: catalog.snapshot.by_tool["act_7"].action.description == "Pick up order 7.",
            within_s=1.0,
        )

        stop.set()
        assert await stalls < 0.05
