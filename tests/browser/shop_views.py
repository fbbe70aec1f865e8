"""What a visitor of the sample shop may see of a conversation: a part of it for each look."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from playwright.sync_api import Page, expect

from tests.agent.provider_server import calls, words
from tests.browser.storefront import FORM, ORDER, SEARCH, Storefront, Visitor


def look_up_an_order(front: Storefront, visitor: Visitor) -> None:
    front.scripted(calls(ORDER), words("It is with DHL and should be there **in two days**."))
    visitor.ask("Where is my order A-1042?")
    expect(visitor.log).to_contain_text("in two days")


def fill_the_cart(front: Storefront, visitor: Visitor) -> None:
    front.scripted(
        calls(SEARCH),
        words("Two of them, both in stock."),
        words("The Pocket Buds are in your cart."),
    )
    visitor.ask("Do you have headphones?")
    expect(visitor.log).to_contain_text("both in stock.")
    visitor.cards.get_by_role("button", name="Add to cart").first.click()
    expect(visitor.log).to_contain_text("are in your cart.")


def start_a_return(front: Storefront, visitor: Visitor) -> None:
    front.scripted(calls(FORM), words("Choose a reason, please."))
    visitor.ask("Show me the return form for order A-1038")
    expect(visitor.log).to_contain_text("Choose a reason")
    visitor.cards.get_by_role("radio", name="It does not fit").check()
    visitor.cards.get_by_role("button", name="Start the return").click()
    expect(visitor.asked("create_return").get_by_role("button", name="Confirm")).to_be_enabled()


PARTS: Final[Mapping[str, Callable[[Storefront, Visitor], None]]] = {
    "light": look_up_an_order,
    "dark": fill_the_cart,
    "phone": start_a_return,
}


def open_part(front: Storefront, look: str, **options: Any) -> Page:
    """Return the shop's page with the chat open, after the part that belongs to the look."""
    visitor = front.visit(**options)
    expect(visitor.page.get_by_role("heading", name="Cotton T-Shirt")).to_be_visible()
    visitor.open()
    PARTS[look](front, visitor)
    expect(visitor.chat.get_by_role("status")).to_have_count(0)
    return visitor.page
