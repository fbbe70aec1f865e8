"""What goes on beside the calls: files are followed, questions expire, lost runs are settled."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final

import structlog

from deftly.errors import StoreUnavailable

_log = structlog.get_logger(__name__)

ROUND_S: Final = 2.0
_LAG_PROBE_S: Final = 0.5
_PATIENCE_S: Final = 2.0

Work = Callable[[], Coroutine[Any, Any, None]]


@asynccontextmanager
async def kept_up(stop: asyncio.Event, works: dict[str, Work]) -> AsyncIterator[None]:
    """Run the works beside the block; after it they are told to stop, and cancelled if slow."""
    tasks = [
        asyncio.create_task(_watched(name, work, stop), name=f"deftly-{name}")
        for name, work in works.items()
    ]
    try:
        yield
    finally:
        stop.set()
        _, slow = await asyncio.wait(tasks, timeout=_PATIENCE_S)
        for task in slow:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _watched(name: str, work: Work, stop: asyncio.Event) -> None:
    """Do the work, and start it again where a fault ended it: questions must expire."""
    while not stop.is_set():
        try:
            await work()
        except Exception:  # noqa: BLE001 - calls go on; the log tells
            _log.exception("upkeep_broke", work=name)
            await _stopped(stop, ROUND_S)
        else:
            return


async def every_round(stop: asyncio.Event, *steps: Callable[[], Awaitable[object]]) -> None:
    """Take the steps now and every two seconds; a store that is away is waited for."""
    while True:
        for step in steps:
            try:
                await step()
            except StoreUnavailable as fault:
                _log.warning("upkeep_waits_for_store", internal=fault.internal)
            except Exception:  # noqa: BLE001 - the other steps are taken all the same
                _log.exception("upkeep_step_broke")
        if await _stopped(stop, ROUND_S):
            return


async def measure_lag(stop: asyncio.Event, tell: Callable[[float], None]) -> None:
    """Tell by how many seconds the loop was late, twice a second."""
    loop = asyncio.get_running_loop()
    while True:
        due_s = loop.time() + _LAG_PROBE_S
        if await _stopped(stop, _LAG_PROBE_S):
            return
        tell(max(0.0, loop.time() - due_s))


async def _stopped(stop: asyncio.Event, wait_s: float) -> bool:
    try:
        async with asyncio.timeout(wait_s):
            await stop.wait()
    except TimeoutError:
        return False
    return True
