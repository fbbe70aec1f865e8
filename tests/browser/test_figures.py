"""What the dashboard weighs, how soon it can be used and how still it stands, in a browser."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.showroom import Showroom, showroom
from tests.browser.tour import EDITOR, TOUR, View

FIRST_LOAD_BYTES = 150_000
USABLE_S = 1.0
MOVED = 0.1
LOADS = 5
CODE = ("script", "stylesheet", "document")
MAIN = (
    "actions",
    "playground",
    "runs",
    "confirmations",
    "agents",
    "secrets",
    "keys",
    "users",
    "settings",
    "editor",
)
# Clicks the first row from when there is one until that leads somewhere: it can be used.
USABLE = """
const look = () => {
  if (location.pathname !== "/actions") { window.usableMs = performance.now(); return; }
  document.querySelector("tr.open")?.click();
  requestAnimationFrame(look);
};
look();"""
SHIFTS = """() => new Promise((done) => {
  const read = (list) => list.getEntries()
    .filter((one) => !one.hadRecentInput).reduce((sum, one) => sum + one.value, 0);
  let sum = 0;
  new PerformanceObserver((list) => { sum += read(list); })
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


@dataclass
class Heard:
    """What a tab asked for and what the browser complained of."""

    asked: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("request", self._note)
        page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        page.on("console", lambda said: self._hear(said.type, said.text))

    def _note(self, request: Request) -> None:
        self.asked.append(request)

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" or "Content Security Policy" in text:
            self.complaints.append(text)


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Iterator[Showroom]:
    with showroom(tmp_path_factory.mktemp("showroom")) as opened:
        yield opened


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def visitor(browser: Browser, room: Showroom, heard: Heard) -> Iterator[Page]:
    """A tab of a browser that has kept nothing of an earlier visit."""
    with room.visit(browser, viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        heard.listen(page)
        yield page


def named(name: str) -> View:
    (found,) = (view for view in TOUR if view.name == name)
    return found


def transferred(request: Request) -> int:
    """Return how many bytes of a response's body came over the wire."""
    response = request.response()
    assert response is not None
    body = response.body()
    if response.headers.get("content-encoding") == "gzip":
        # The browser tells nothing of a body it has unpacked: asked for again, as it came.
        asking = {"accept": request.all_headers()["accept"], "accept-encoding": "gzip"}
        with httpx2.stream("GET", request.url, headers=asking) as raw:
            packed = b"".join(raw.iter_raw())
        assert gzip.decompress(packed) == body
        return len(packed)
    return len(body)


def test_the_first_page_comes_in_150_kb_without_the_code_editor(visitor, room, heard):
    named("actions").open(visitor, room)
    visitor.wait_for_load_state("load")

    code = [one for one in heard.asked if one.resource_type in CODE]
    weights = {urlsplit(one.url).path: transferred(one) for one in code}
    assert {one.resource_type for one in code} == set(CODE)
    assert sum(weights.values()) < FIRST_LOAD_BYTES, weights
    assert not [path for path in weights if re.search("code-mirror|editor|markdown", path)], weights


@pytest.mark.slow
@pytest.mark.speed
def test_the_first_page_can_be_used_within_a_second(browser, room):
    took_s = [_seconds_until_usable(browser, room) for _ in range(LOADS)]

    # The best of them: the machine may be busy with something else.
    assert min(took_s) < USABLE_S, took_s


def _seconds_until_usable(browser: Browser, room: Showroom) -> float:
    """Return how long after it set out a browser with nothing kept could open the first row."""
    with room.visit(browser) as context:
        page = context.new_page()
        page.add_init_script(USABLE)
        page.goto("/actions")
        expect(page.locator(EDITOR).first).to_be_visible()
        took_ms: float = page.evaluate("window.usableMs")
        return took_ms / 1_000


@pytest.mark.parametrize("name", MAIN)
def test_a_page_stands_still_and_asks_nobody_else(visitor, room, heard, name):
    named(name).open(visitor, room)
    moved: float = visitor.evaluate(SHIFTS)

    assert moved < MOVED
    hosts = {urlsplit(one.url).netloc for one in heard.asked if not one.url.startswith("data:")}
    assert hosts == {urlsplit(room.server.url).netloc}
    assert heard.complaints == []
