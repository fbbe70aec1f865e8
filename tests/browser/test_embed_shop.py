"""A visitor of the sample shop and its assistant: cards, a cart, a return, an order called off."""

import json

import pytest
from playwright.sync_api import expect

from tests.agent.provider_server import calls, words
from tests.browser.storefront import CANCEL, FORM, ORDER, SEARCH

pytestmark = pytest.mark.slow


def test_the_visitor_is_greeted_and_a_suggested_question_brings_the_order_card(front):
    front.scripted(calls(ORDER), words("It is on its way."))
    visitor = front.visit()
    visitor.open()
    expect(visitor.log).to_contain_text("Hello! I find things")

    visitor.chat.get_by_role("button", name="Where is my order A-1042?").click()

    expect(visitor.cards).to_have_count(1)
    for said in ("Order A-1042", "On its way", "DHL", "JD014600003", "Trail Runner 2", "138.90"):
        expect(visitor.cards).to_contain_text(said)
    expect(visitor.log).to_contain_text("It is on its way.")
    *_, result = json.loads(front.provider.asked[-1].body)["messages"]
    assert "The person sees the card" in result["content"]
    assert "AdaptiveCard" not in result["content"]


def test_a_product_of_the_carousel_goes_into_the_cart_of_the_page_once(front):
    front.scripted(calls(SEARCH), words("Two of them."), words("There you are."))
    visitor = front.visit()
    visitor.open()
    visitor.ask("Do you have headphones?")
    expect(visitor.cards).to_contain_text("Pocket Buds")
    pictures = visitor.cards.get_by_role("img", name="Studio Headphones")
    expect(pictures).to_have_js_property("complete", True)  # noqa: FBT003 - the property's value
    assert pictures.evaluate("image => image.naturalWidth") > 0
    expect(visitor.log).to_contain_text("Two of them.")

    visitor.cards.get_by_role("button", name="Add to cart").first.click()

    visitor.has_in_cart(1)
    expect(visitor.log).to_contain_text("There you are.")
    visitor.has_in_cart(1)
    (run,) = front.runs("add_to_cart")
    assert run["status"] == "succeeded"
    # What the page's code returned is what the model goes on with.
    assert '\\"in_cart\\":1' in front.provider.asked[-1].body.decode()


def test_client_actions_lead_to_the_checkout_and_fill_in_its_email(front):
    front.scripted(
        calls(("add_to_cart", {"product_id": "P-112", "quantity": 2})),
        calls(("prefill_email", {"email": "eve@example.com"})),
        words("Two bottles; please check and place the order."),
    )
    visitor = front.visit()
    visitor.open()

    visitor.ask("Two steel bottles please, I am eve@example.com")

    expect(visitor.log).to_contain_text("Two bottles; please check")
    visitor.has_in_cart(2)
    page = visitor.page
    expect(page.get_by_label("Email")).to_have_value("eve@example.com")
    expect(page.get_by_role("region", name="Checkout")).to_contain_text("€49.00")
    page.get_by_role("button", name="Place the order").click()
    expect(page.locator("#thanks")).to_contain_text("Order A-1045 is placed.")
    assert front.shop.shop.orders["A-1045"].email == "eve@example.com"


def test_what_the_page_refuses_is_told_to_the_model_and_stands_in_the_run(front):
    front.scripted(
        calls(("add_to_cart", {"product_id": "P-106"})), words("Sorry, that one is sold out.")
    )
    visitor = front.visit()
    visitor.open()

    visitor.ask("The kitchen radio please")

    expect(visitor.log).to_contain_text("Sorry, that one is sold out.")
    visitor.has_in_cart(0)
    (run,) = front.runs("add_to_cart")
    assert run["status"] == "failed"
    assert "Kitchen Radio: sold out." in json.dumps(run)
    assert "Kitchen Radio: sold out." in front.provider.asked[-1].body.decode()


def test_the_return_form_leads_to_a_question_and_a_return_that_is_made_once(front):
    front.scripted(calls(FORM), words("Please choose."), words("Your return is on its way."))
    visitor = front.visit()
    visitor.open()
    visitor.ask("Show me the return form for order A-1038")
    expect(visitor.cards).to_contain_text("1 × Merino Sweater")
    expect(visitor.log).to_contain_text("Please choose.")

    visitor.cards.get_by_role("radio", name="It does not fit").check()
    visitor.cards.get_by_role("button", name="Start the return").click()
    question = visitor.asked("create_return")
    for said in ("POST", "A-1038", "It does not fit", "Nothing has been sent yet."):
        expect(question).to_contain_text(said)
    assert front.shop.shop.writes == 0
    question.get_by_role("button", name="Confirm").click()

    expect(visitor.log).to_contain_text("Your return is on its way.")
    expect(question).to_have_count(0)
    (made,) = front.shop.shop.returns.values()
    assert (made["order_id"], made["reason"]) == ("A-1038", "It does not fit")
    assert front.shop.shop.writes == 1


def test_a_form_that_is_not_filled_in_says_so_and_sends_nothing(front):
    front.scripted(calls(FORM), words("Please choose."))
    visitor = front.visit()
    visitor.open()
    visitor.ask("Show me the return form for order A-1038")
    expect(visitor.log).to_contain_text("Please choose.")

    visitor.cards.get_by_role("button", name="Start the return").click()

    expect(visitor.cards).to_contain_text("Choose what fits best.")
    assert front.runs("create_return") == []


def test_what_is_denied_is_never_sent(front):
    front.scripted(calls(CANCEL), words("I left the order as it is."))
    visitor = front.visit()
    visitor.open()
    visitor.ask("Cancel A-1043")

    visitor.asked("cancel_order").get_by_role("button", name="Deny").click()

    expect(visitor.log).to_contain_text("I left the order as it is.")
    expect(visitor.asked("cancel_order")).to_have_count(0)
    assert front.shop.shop.writes == 0
    assert front.shop.shop.orders["A-1043"].status == "processing"
    (run,) = front.runs("cancel_order")
    assert run["status"] == "denied"


def test_what_is_typed_into_a_card_is_kept_for_the_team(front):
    front.scripted(calls(("leave_message", {"about": "order A-1042"})), words("Please write."))
    visitor = front.visit()
    visitor.open()
    visitor.ask("I want to talk to a person about order A-1042")
    expect(visitor.log).to_contain_text("Please write.")

    visitor.cards.get_by_label("Email").fill("eve@example.com")
    visitor.cards.get_by_label("Message").fill("=1+1 is my question")
    with visitor.page.expect_response("**/submit") as sent:
        visitor.cards.get_by_role("button", name="Send").click()

    assert sent.value.json()["did"] == "save"
    (kept,) = front.told("GET", "/api/widgets/leave_message/submissions")["submissions"]
    assert kept["data"] == {
        "about": "order A-1042", "email": "eve@example.com", "message": "=1+1 is my question",
    }  # fmt: skip
    table = front.api.get("/api/widgets/leave_message/submissions.csv").text
    assert "'=1+1 is my question" in table
