"""The playground and the confirmations: asking, watching, agreeing, all in the browser."""

from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import Page, expect

from deftly.agent.models.providers import is_local_model_installed
from deftly.demo.running import RunningShop, sample_shop
from tests.live import Server, running_server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not is_local_model_installed(), reason="the local model exists for Linux x86_64 alone"
    ),
]


@pytest.fixture
def shop(tmp_path) -> Iterator[RunningShop]:
    with sample_shop(tmp_path) as running:
        yield running


@pytest.fixture
def server(tmp_path, shop) -> Iterator[Server]:
    assert shop.port
    with running_server(tmp_path, model="local") as running:
        yield running


@pytest.fixture
def playground(owner: Page) -> Page:
    owner.goto("/playground")
    expect(owner.get_by_role("heading", name="Playground")).to_be_visible()
    return owner


def ask(page: Page, question: str) -> None:
    page.get_by_label("Message", exact=True).fill(question)
    page.keyboard.press("Enter")


def api_of(page: Page, server: Server) -> httpx2.Client:
    cookies = {one["name"]: one["value"] for one in page.context.cookies()}
    return httpx2.Client(base_url=server.url, cookies=cookies)


def test_a_question_is_answered_traced_and_there_after_a_reload(playground):
    ask(playground, "Where is my order A-1042?")

    log = playground.get_by_role("log")
    expect(log).to_contain_text("shipped", timeout=30_000)
    trace = playground.get_by_role("complementary", name="Trace")
    expect(trace).to_contain_text("get_order_status")
    expect(trace).to_contain_text('"order_id": "A-1042"')
    expect(trace.get_by_text("done")).to_be_visible()

    playground.goto("/playground")
    expect(log).to_contain_text("Where is my order A-1042?")
    expect(log).to_contain_text("shipped")

    playground.get_by_role("button", name="Start over").click()
    expect(log).not_to_contain_text("shipped")
    expect(trace).to_contain_text("No calls yet")


def test_a_return_is_asked_about_confirmed_and_recorded(playground, shop, server):
    ask(playground, "I want to return order A-1038")

    card = playground.get_by_role("region", name="Confirm create_return?")
    expect(card).to_contain_text("Nothing has been sent yet.", timeout=30_000)
    expect(card).to_contain_text("POST")
    expect(card).to_contain_text(f"127.0.0.1:{shop.port}")
    expect(card).to_contain_text("A-1038")
    assert shop.shop.writes == 0
    playground.reload()
    card.get_by_role("button", name="Confirm").click()

    expect(playground.get_by_role("log")).to_contain_text("R-501", timeout=30_000)
    expect(card).to_have_count(0)
    assert shop.shop.writes == 1
    with api_of(playground, server) as api:
        (run,) = api.get("/api/runs").json()["runs"]
    assert (run["tool"], run["status"]) == ("create_return", "succeeded")


def test_an_answer_given_on_the_page_of_confirmations_goes_on_in_the_playground(playground, shop):
    ask(playground, "I want to return order A-1038")
    region = playground.get_by_role("region", name="Confirm create_return?")
    expect(region).to_be_visible(timeout=30_000)
    other = playground.context.new_page()
    other.goto("/confirmations")

    other.get_by_role("button", name="Deny").click()

    expect(other.get_by_text("Nothing waits for you")).to_be_visible()
    expect(other.get_by_role("row", name="create_return")).to_contain_text("denied")
    expect(region).to_have_count(0)
    expect(playground.get_by_role("complementary", name="Trace")).to_contain_text("not sent")
    assert shop.shop.writes == 0


def test_a_call_held_elsewhere_appears_and_is_confirmed_on_the_page(owner, shop, server):
    owner.goto("/confirmations")
    expect(owner.get_by_text("Nothing waits for you")).to_be_visible()
    with api_of(owner, server) as api:
        given = {"arguments": {"order_id": "A-1038"}}
        assert api.post("/api/tools/create_return/call", json=given).status_code == 200

    card = owner.get_by_role("region", name="Confirm create_return?")
    expect(card).to_contain_text("A-1038")
    card.get_by_role("button", name="Confirm").click()

    expect(owner.get_by_role("row", name="create_return")).to_contain_text("succeeded")
    assert shop.shop.writes == 1


def test_a_click_made_the_moment_the_question_appears_agrees_to_nothing(playground, shop):
    clicked = """() => new Promise((resolve) => {
      const look = () => {
        const button = [...document.querySelectorAll(".confirm-card button")].at(-1);
        if (!button) return requestAnimationFrame(look);
        button.click();
        resolve(button.disabled);
      };
      look();
    })"""
    ask(playground, "I want to return order A-1038")

    assert playground.evaluate(clicked)
    expect(playground.get_by_role("button", name="Confirm")).to_be_enabled()
    assert shop.shop.writes == 0


def test_words_of_an_agent_are_drawn_and_carry_nothing_alive(owner, server):
    greeting = (
        "Hello **you** <img src=x onerror=alert(1)><script>alert(1)</script>"
        "<b style='color:red' onclick='alert(1)'>there</b> [a](javascript:alert(1)) "
        "[b](https://example.com) ![c](https://example.com/c.png)"
    )
    with api_of(owner, server) as api:
        change = {"greeting": greeting, "suggestedQuestions": ["Where is my order A-1042?"]}
        assert api.put("/api/agents/default", json=change).status_code == 200
    owner.goto("/playground")

    log = owner.get_by_role("log")
    expect(log.locator("strong")).to_have_text("you")
    expect(log.locator("img, script, [onclick], [style], a[href^=javascript]")).to_have_count(0)
    expect(log).to_contain_text("<img src=x onerror=alert(1)>")
    expect(log.get_by_role("link")).to_have_attribute("href", "https://example.com")
    log.get_by_role("button", name="Where is my order A-1042?").click()
    expect(log).to_contain_text("shipped", timeout=30_000)


def test_on_a_phone_the_trace_is_one_tap_away_and_nothing_sticks_out(playground):
    playground.set_viewport_size({"width": 375, "height": 720})
    ask(playground, "Where is my order A-1042?")
    expect(playground.get_by_role("log")).to_contain_text("shipped", timeout=30_000)
    trace = playground.get_by_role("complementary", name="Trace")
    expect(trace).not_to_be_visible()

    playground.get_by_role("button", name="Trace (1)").click()

    expect(trace).to_contain_text("get_order_status")
    assert playground.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_refusal_is_told_and_the_same_is_sent_again(playground):
    playground.route("**/api/chat/*", lambda route: route.abort(), times=1)
    ask(playground, "Where is my order A-1042?")
    expect(playground.get_by_role("alert")).to_contain_text("is the server running?")

    playground.get_by_role("button", name="Try again").click()

    expect(playground.get_by_role("log")).to_contain_text("shipped", timeout=30_000)
    expect(playground.get_by_text("Where is my order A-1042?")).to_have_count(1)


def test_the_chosen_agent_answers_in_a_conversation_of_its_own(playground, server):
    ask(playground, "Where is my order A-1042?")
    expect(playground.get_by_role("log")).to_contain_text("shipped", timeout=30_000)
    with api_of(playground, server) as api:
        desk = {"name": "desk", "title": "Front desk", "greeting": "Desk here."}
        assert api.post("/api/agents", json=desk).status_code == 200

    playground.get_by_label("Agent").select_option("Front desk")
    expect(playground.get_by_role("log")).to_contain_text("Desk here.")
    expect(playground.get_by_role("log")).not_to_contain_text("shipped")
    ask(playground, "Where is my order A-1042?")
    expect(playground.get_by_role("log")).to_contain_text("shipped", timeout=30_000)

    with api_of(playground, server) as api:
        told = api.get("/api/conversations").json()["conversations"]
    assert [one["agent"] for one in told] == ["desk", "default"]
