"""What the commands are tried on: a demo directory whose shop answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from deftly.demo.running import RunningShop, sample_shop


@pytest.fixture
def shop(folder: Path) -> Iterator[RunningShop]:
    """The sample shop, and its actions in ``folder``."""
    with sample_shop(folder) as running:
        yield running
