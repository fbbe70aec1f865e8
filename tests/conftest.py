"""What holds for every test."""

import logging
import os
import shutil
import signal
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
PYTESTS_OWN = "PYTEST_CURRENT_TEST"


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """What a test changes of its process is not left to the next one."""
    environment, place = dict(os.environ), Path.cwd()
    root = logging.getLogger()
    handlers, level = [*root.handlers], root.level
    heard = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    root.handlers[:] = handlers
    root.setLevel(level)
    for number, handler in heard.items():
        if signal.getsignal(number) is not handler:
            signal.signal(number, handler)
    os.chdir(place)
    for name in os.environ.keys() - environment.keys() - {PYTESTS_OWN}:
        del os.environ[name]
    environment.pop(PYTESTS_OWN, None)
    os.environ.update(environment)


@pytest.fixture
def started_from_scratch() -> Iterator[None]:
    """For tests of a start itself: no process of theirs is a copy of another one."""
    from tests.starting import from_scratch

    with from_scratch():
        yield


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
