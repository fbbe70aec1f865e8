"""What axe-core says of the shop with the chat open: nothing serious, in the frame or around it."""

import pytest
from playwright.sync_api import Frame, expect

from tests.agent.provider_server import calls, words
from tests.browser.storefront import CANCEL, FORM, ORDER, SEARCH, Visitor
from tests.browser.test_accessibility import AXE, DESK, GRAVE, PHONE

pytestmark = pytest.mark.slow

# What is in the frame is looked at there.
OPTIONS = {"iframes": False}


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not here; 'make check' brings what web/package-lock.json names")
    return AXE.read_text()


def frame_of(visitor: Visitor) -> Frame:
    return next(one for one in visitor.page.frames if "/embed/frame" in one.url)


def faults(frame: Frame, axe: str) -> list[str]:
    frame.evaluate(axe)
    found: list[str] = frame.evaluate(GRAVE, OPTIONS)
    if frame.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{frame.url} scrolls sideways.")
    return found


@pytest.mark.timeout(120)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_nothing_of_the_chat_is_hard_to_use(front, axe, colours, size):
    front.scripted(
        calls(ORDER, SEARCH, FORM),
        words("Here is **all** of it, see [the shop](https://example.com):\n\n- one\n- two"),
        calls(CANCEL),
    )
    visitor = front.visit(color_scheme=colours, viewport=size)
    found = faults(visitor.page.main_frame, axe)
    visitor.open()
    expect(visitor.log).to_contain_text("Hello!")
    found += faults(frame_of(visitor), axe)

    visitor.ask("Show me everything")
    expect(visitor.cards).to_have_count(3)
    expect(visitor.log).to_contain_text("Here is all of it")
    visitor.ask("Cancel A-1043")
    expect(visitor.asked("cancel_order").get_by_role("button", name="Confirm")).to_be_enabled()
    found += faults(frame_of(visitor), axe)
    found += faults(visitor.page.main_frame, axe)

    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_chat_fills_its_panel_and_leaves_the_cart_in_sight_where_there_is_room(front, size):
    visitor = front.visit(viewport=size)
    visitor.open()

    panel = visitor.page.locator("deftly-chat .panel").bounding_box()
    assert visitor.page.locator("deftly-chat iframe").bounding_box() == panel
    assert panel is not None
    if size == PHONE:
        assert panel == {"x": 0, "y": 0, **PHONE}
    else:
        visitor.page.get_by_role("button", name="Cart, 0 products").click()
        expect(visitor.page.get_by_role("dialog", name="Your cart")).to_be_visible()
