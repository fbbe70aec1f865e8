"""A server that may call a desk, and the desk."""

from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import Page

from tests.browser.desk import programs_of, running_desk
from tests.live import Server, running_server


@pytest.fixture
def seen() -> list[str]:
    return []


@pytest.fixture
def desk(seen: list[str]) -> Iterator[str]:
    with running_desk(seen) as url:
        yield url


@pytest.fixture
def server(tmp_path, desk):
    with running_server(tmp_path, egress_allow=[desk.removeprefix("http://")]) as running:
        yield running


@pytest.fixture
def api(owner: Page, server: Server) -> Iterator[httpx2.Client]:
    with programs_of(owner, server.url) as client:
        yield client
