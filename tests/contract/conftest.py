"""The store as one process has it, and as another one has it at the same time."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.kit import HandClock, Store, opened


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(params=["sqlite"])
async def store(request, folder: Path, clock: HandClock) -> AsyncIterator[Store]:
    async with opened(folder, clock) as store:
        yield store


@pytest.fixture
async def other(store: Store, folder: Path, clock: HandClock) -> AsyncIterator[Store]:
    async with opened(folder, clock) as other:
        yield other
