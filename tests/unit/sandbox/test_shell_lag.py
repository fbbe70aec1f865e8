"""However a command behaves, the loop of the server goes on."""

import asyncio
import os
from contextlib import suppress

import pytest

from deftly.errors import LimitExceeded
from tests.unit.sandbox.shells import loop_lag, sh, shell_sandbox

pytestmark = pytest.mark.speed
LAG_S = 0.050
SCRIPTS = {
    "output": "yes",
    "both outputs": "yes & yes >&2",
    "many writers": "for i in 1 2 3 4 5 6 7 8; do yes & done; wait",
    "blocks": "dd if=/dev/zero bs=1M count=4096 2>/dev/null | cat",
    "a loop": "trap '' TERM INT HUP; while :; do :; done",
    "many loops": "for i in $(seq 50); do setsid sh -c 'while :; do :; done' & done; wait",
    "many starts": "for i in $(seq 20); do sh -c 'while :; do /bin/true; done' & done; wait",
    "multiplying": "( f() { f & f & }; f ) & while :; do :; done",
    "memory": "for i in 1 2 3 4; do perl -e '$x = \"x\" x 2e8; sleep 9' & done; wait",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
@pytest.mark.skipif(len(os.sched_getaffinity(0)) == 1, reason="a processor is left to the server")
async def test_the_loop_is_not_held_up(script):
    async with shell_sandbox() as sandbox:
        await sandbox.report()
        # The best of three: what the machine does besides is no doing of the command's.
        worst = min([await worst_lag(sandbox, script) for _ in range(3)])
    assert worst < LAG_S


async def worst_lag(sandbox, script) -> float:
    async with asyncio.timeout(10), loop_lag() as lags:
        with suppress(LimitExceeded):
            await sh(sandbox, script, timeout_s=1.5)
    return max(lags)
