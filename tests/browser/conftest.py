"""A person at a browser: Debian's Chromium, a server of their own, signed in by the link."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from deftly.rest import dashboard
from tests.live import Server, running_server

if TYPE_CHECKING:
    from tests.browser.storefront import Storefront

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# No sandbox of its own, as tests may run as root; no connection but to the pages under test.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # As in a person's browser; the headless shell would have frames share the page's process.
    "--site-per-process",
    "--enable-features=IsolateSandboxedIframes",
]

HERE = Path(__file__).parent

expect.set_options(timeout=10_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@contextmanager
def opened_browser() -> Iterator[Browser | None]:
    """Run Debian's Chromium beside the block, where it is installed."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        yield None
        return
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not dashboard.is_built():
        pytest.skip("the dashboard is not built; 'make install' builds it")
    with opened_browser() as opened:
        if opened is None:
            pytest.skip("no Chromium is here; 'scripts/browser' installs Debian's where it can")
        yield opened


@pytest.fixture
def server(tmp_path) -> Iterator[Server]:
    with running_server(tmp_path) as running:
        yield running


@pytest.fixture
def front(browser: Browser, tmp_path: Path) -> "Iterator[Storefront]":
    from tests.browser.storefront import open_storefront

    with open_storefront(browser, tmp_path) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A tab nobody has signed in on; what the page complains of is an error here."""
    context = browser.new_context(base_url=server.url, permissions=["clipboard-write"])
    context.set_default_timeout(10_000)
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("pageerror", lambda fault: complaints.append(str(fault)))
    tab.on("console", lambda said: complaints.append(said.text) if _is_policy(said.text) else None)
    yield tab
    context.close()
    assert complaints == []


def _is_policy(text: str) -> bool:
    return "Content Security Policy" in text


@pytest.fixture
def owner(page: Page, server: Server) -> Page:
    """The tab of the owner, signed in by the printed link."""
    page.goto(f"/login#{server.login_token}")
    expect(page.get_by_role("navigation")).to_be_visible()
    return page
