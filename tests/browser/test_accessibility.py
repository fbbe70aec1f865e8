"""What axe-core says of every page, in light and dark and on a phone: nothing serious."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.showroom import Showroom, showroom
from tests.browser.tour import TOUR, View

pytestmark = pytest.mark.slow

WEB = Path(__file__).parents[2] / "web"
AXE = WEB / "node_modules/axe-core/axe.min.js"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}
# Colours are all that differs between light and dark.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"]}
# And all that a phone leaves as it is; they take the most time.
SHAPES = {"rules": {name: {"enabled": False} for name in COLOURS["runOnly"]}}
GRAVE = r"""async (options) => {
  const { violations } = await axe.run({ resultTypes: ["violations"], ...options });
  return violations
    .filter((one) => one.impact === "serious" || one.impact === "critical")
    .flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html} ` +
      node.failureSummary.replaceAll("\n", " ")));
}"""


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not here; 'make check' brings what web/package-lock.json names")
    return AXE.read_text()


@pytest.fixture(scope="module")
def room(tmp_path_factory) -> Iterator[Showroom]:
    with showroom(tmp_path_factory.mktemp("showroom")) as opened:
        yield opened


@pytest.fixture(scope="module")
def visitor(browser: Browser, room: Showroom) -> Iterator[Page]:
    with room.visit(browser, viewport=DESK) as context:
        yield context.new_page()


def faults(page: Page, axe: str) -> str:
    """Return what is grave in light, in what dark changes, and on a phone, a line each."""
    page.evaluate(axe)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    found: list[str] = page.evaluate(GRAVE, {})
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    found += page.evaluate(GRAVE, COLOURS)
    page.set_viewport_size(PHONE)
    found += page.evaluate(GRAVE, SHAPES)
    if page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
        found.append("On a phone the page scrolls sideways.")
    page.set_viewport_size(DESK)
    return "\n".join(found)


@pytest.mark.parametrize("view", TOUR, ids=lambda view: view.name)
def test_nothing_on_a_page_is_hard_to_use(visitor, room, axe, view: View):
    view.open(visitor, room)

    found = faults(visitor, axe)
    assert not found, found


def test_the_tour_leads_through_every_page():
    patterns = [
        path
        for route in (WEB / "dashboard/pages").glob("*/route.ts")
        for path in re.findall(r'path: "([^"]+)"', route.read_text())
    ]
    shown = [view.path.partition("?")[0].replace("{", "").replace("}", "") for view in TOUR]

    assert len(patterns) > 10
    for pattern in patterns:
        fits = re.compile(re.sub(r":\w+", "[^/]+", pattern))
        assert any(map(fits.fullmatch, shown)), pattern


def test_nothing_is_hard_to_use_before_there_is_anything(owner, axe):
    links = owner.get_by_role("navigation").locator("ul a")
    for path in [link.get_attribute("href") for link in links.all()]:
        owner.goto(path)
        expect(owner.get_by_role("heading", level=1)).to_be_visible()
        expect(owner.locator(".skeleton")).to_have_count(0)
        found = faults(owner, axe)
        assert not found, found


def test_nothing_is_hard_to_use_for_a_stranger(page, browser, room, axe):
    page.goto("/keys")
    expect(page.get_by_role("heading", name="Sign in to Deftly")).to_be_visible()
    found = faults(page, axe)
    assert not found, found

    with browser.new_context(base_url=room.server.url, reduced_motion="reduce") as context:
        invited = context.new_page()
        invited.goto(room.invitation)
        expect(invited.get_by_label("New password")).to_be_visible()
        found = faults(invited, axe)
        assert not found, found
