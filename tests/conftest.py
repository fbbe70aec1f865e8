"""What holds for every test."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import settings

if TYPE_CHECKING:
    from tests.world import Api, Upstream

# A busy machine is slow now and then; how long a thing takes is measured by the tests marked speed.
settings.register_profile("deftly", deadline=None)
settings.load_profile("deftly")

MEMORY = Path("/dev/shm")


@pytest.fixture(autouse=True)
def logging_of_its_own() -> Iterator[None]:
    """What a test says of the log, its level above all, is not left to the next one."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of its own, in memory where the system has such a place."""
    made = Path(tempfile.mkdtemp(prefix="deftly-", dir=MEMORY if MEMORY.is_dir() else None))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
async def upstream() -> "AsyncIterator[Upstream]":
    """A server that actions may reach."""
    from tests.world import running_upstream

    async with running_upstream() as running:
        yield running


@pytest.fixture
async def api(folder: Path, upstream: "Upstream") -> "AsyncIterator[Api]":
    """The client of an owner."""
    from tests.world import running_world

    async with running_world(folder, upstream=upstream) as owner:
        yield owner
