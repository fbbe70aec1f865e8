"""A visitor of the sample shop who reloads, comes in two tabs, or loses the connection."""

import signal

import pytest
from playwright.sync_api import expect

from tests.agent.chat_kit import begun
from tests.agent.provider_server import calls, words
from tests.browser.storefront import CANCEL, ORDER

pytestmark = pytest.mark.slow

# Counts how often it was begun where a reload does not forget it, and never ends.
ENDLESS = """
localStorage.setItem("begun", Number(localStorage.getItem("begun") ?? 0) + 1);
document.title = "begun";
await new Promise(() => {});
"""
COUNTED = """
localStorage.setItem("begun", Number(localStorage.getItem("begun") ?? 0) + 1);
return "counted";
"""
BEGUN = 'Number(localStorage.getItem("begun") ?? 0)'


def client_action(front, code, **handler):
    """Store one as its owner; tool ``run_code``."""
    action = {
        "name": "run code",
        "description": "Runs code in the visitor's browser.",
        "handler": {"type": "client", "code": code, "returns": True, **handler},
        "executionMode": "auto",
        "acknowledgeWrites": True,
    }
    front.told("POST", "/api/custom-actions", action)


def test_a_question_outlives_a_reload_and_is_answered_once(front):
    front.scripted(calls(CANCEL), words("It is called off."))
    visitor = front.visit()
    visitor.open()
    visitor.ask("Cancel A-1043")
    expect(visitor.asked("cancel_order")).to_be_visible()

    visitor.page.reload()
    visitor.open()

    expect(visitor.log).to_contain_text("Cancel A-1043")
    question = visitor.asked("cancel_order")
    expect(question).to_contain_text("Nothing has been sent yet.")
    question.get_by_role("button", name="Confirm").click()
    expect(visitor.log).to_contain_text("It is called off.")
    assert front.shop.shop.orders["A-1043"].status == "cancelled"
    assert front.shop.shop.writes == 1


def test_a_client_action_that_a_reload_cut_off_is_not_begun_again(front):
    client_action(front, ENDLESS, timeoutS=2)
    front.scripted(calls(("run_code", {})), words("I do not know how that ended."))
    visitor = front.visit()
    visitor.open()
    visitor.ask("Run it")
    expect(visitor.page).to_have_title("begun")

    visitor.page.reload()
    visitor.open()

    expect(visitor.log).to_contain_text("I do not know how that ended.")
    assert visitor.page.evaluate(BEGUN) == 1
    (run,) = front.runs("run_code")
    assert run["status"] == "failed"
    assert run["error"]["code"] == "timeout"


def test_of_two_tabs_one_makes_the_call_and_both_see_the_answer(front):
    client_action(front, COUNTED)
    front.scripted(words("Hello."), calls(("run_code", {})), words("It was counted."))
    first = front.visit()
    first.open()
    first.ask("Hi")
    expect(first.log).to_contain_text("Hello.")
    second = front.tab_of(first.page.context)
    second.open()
    expect(second.log).to_contain_text("Hello.")

    first.ask("Run it")

    for tab in (first, second):
        expect(tab.log).to_contain_text("It was counted.")
    assert first.page.evaluate(BEGUN) == 1
    assert [run["status"] for run in front.runs("run_code")] == ["succeeded"]


def server_goes_and_comes_back(front, visitor):
    """Kill the server and start it again once the chat has noticed; wait until it is back."""
    front.server.stop(signal.SIGKILL)
    gone = visitor.chat.get_by_text("No connection.")
    expect(gone).to_be_visible()
    front.start()
    expect(gone).to_have_count(0, timeout=30_000)


def test_a_conversation_goes_on_after_the_server_was_away(front):
    front.scripted(words("Hello."), calls(ORDER), words("It is on its way."))
    visitor = front.visit()
    visitor.open()
    visitor.ask("Hi")
    expect(visitor.log).to_contain_text("Hello.")

    server_goes_and_comes_back(front, visitor)

    visitor.ask("Where is A-1042?")
    expect(visitor.cards).to_contain_text("JD014600003")
    expect(visitor.log).to_contain_text("It is on its way.")


def test_an_answer_that_is_cut_off_with_the_server_is_taken_up_when_it_is_back(front):
    front.scripted(begun(words("Let me look it up.")), words("It is on its way."))
    visitor = front.visit()
    visitor.open()
    visitor.ask("Where is my order?")
    expect(visitor.log).to_contain_text("Let me")

    server_goes_and_comes_back(front, visitor)

    visitor.ask("And now?")
    expect(visitor.log).to_contain_text("It is on its way.")
    expect(visitor.log).to_contain_text("Where is my order?")


def test_a_page_that_loads_while_the_server_is_away_is_whole_without_it(front):
    front.server.stop(signal.SIGKILL)

    visitor = front.visit()

    expect(visitor.page.get_by_role("heading", name="Alpine Boot")).to_be_visible()
    visitor.page.get_by_role("button", name="Add to cart: Alpine Boot").click()
    visitor.has_in_cart(1)
    assert visitor.page.locator("deftly-chat").count() == 0
    front.start()
    visitor.page.reload()
    visitor.open()


def test_on_another_site_the_conversation_goes_on_after_a_reload_without_a_cookie(front):
    """``localhost`` is another site than ``127.0.0.1``: what browsers keep apart is apart."""
    front.scripted(calls(ORDER), words("It is on its way."))
    visitor = front.visit(front.shop.url.replace("127.0.0.1", "localhost"))
    visitor.open()
    visitor.ask("Where is A-1042?")
    expect(visitor.log).to_contain_text("It is on its way.")

    visitor.page.reload()
    visitor.open()

    expect(visitor.log).to_contain_text("Where is A-1042?")
    expect(visitor.cards).to_contain_text("JD014600003")
    assert visitor.page.context.cookies() == []
