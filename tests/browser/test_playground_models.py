"""The playground with a provider that answers by script: models, traces, reloads, many messages."""

import asyncio
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from deftly.demo.running import RunningShop, sample_shop
from tests.agent.chat_kit import CANCEL, MODEL, RETURN, STATUS
from tests.agent.provider_server import (
    EVENTS,
    Provider,
    Reply,
    calls,
    counted,
    refusal,
    running_provider,
    words,
)
from tests.browser.test_playground import ask
from tests.live import Server, running_server

LARGER = "openai:larger"


@contextmanager
def provider_beside() -> Iterator[Provider]:
    """Serve from a thread: playwright has this one."""
    loop, ready = asyncio.new_event_loop(), threading.Event()
    serving: list[Provider] = []
    over = asyncio.Event()

    async def serve() -> None:
        async with running_provider(words("Hello.")) as provider:
            serving.append(provider)
            ready.set()
            await over.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=[serve()])
    thread.start()
    try:
        assert ready.wait(10)
        yield serving[0]
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        loop.close()


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provider_beside() as provider:
        yield provider


@pytest.fixture
def shop(tmp_path) -> Iterator[RunningShop]:
    with sample_shop(tmp_path) as running:
        yield running


@pytest.fixture
def server(tmp_path, shop, provider) -> Iterator[Server]:
    settings = {"model": MODEL, "models": [LARGER], "model_base_url": provider.url}
    with running_server(tmp_path, **settings) as running:
        yield running


@pytest.fixture
def playground(owner: Page) -> Page:
    owner.goto("/playground")
    expect(owner.get_by_role("heading", name="Playground")).to_be_visible()
    return owner


def log_of(page):
    return page.get_by_role("log")


def trace_of(page):
    return page.get_by_role("complementary", name="Trace")


def halting(text):
    return Reply(headers=EVENTS, pieces=list(words(text).pieces)[:2], hangs=True)


def test_the_trace_tells_request_verdict_tokens_and_leads_to_the_run(playground, provider, shop):
    provider.replies[:] = [counted(calls(STATUS), 812, 41), counted(words("Shipped."), 900, 9)]
    ask(playground, "Where is my order A-1042?")
    expect(log_of(playground)).to_contain_text("Shipped.")

    trace = trace_of(playground)
    expect(trace).to_contain_text(f"GET http://127.0.0.1:{shop.port}/orders/A-1042")
    expect(trace).to_contain_text("allowed")
    expect(trace).to_contain_text("not needed")
    expect(trace.get_by_text("1,712 in, 50 out tokens")).to_have_count(2)
    trace.get_by_role("link", name="succeeded").click()
    expect(playground).to_have_url(re.compile("/runs/"))
    expect(playground.get_by_role("heading", name="get_order_status")).to_be_visible()


def test_the_chosen_model_answers_and_is_still_chosen_after_a_reload(playground, provider):
    playground.get_by_label("Model").select_option(LARGER)
    ask(playground, "Hi")
    expect(log_of(playground)).to_contain_text("Hello.")

    playground.reload()
    expect(playground.get_by_label("Model")).to_have_value(LARGER)
    ask(playground, "Again")
    expect(log_of(playground).get_by_text("Hello.")).to_have_count(2)

    assert [json.loads(one.body)["model"] for one in provider.asked] == ["larger", "larger"]


def test_an_answer_goes_on_through_a_reload_and_is_stopped(playground, provider):
    provider.replies[:] = [halting("The first half")]
    ask(playground, "Hi")
    log = log_of(playground)
    expect(log).to_contain_text("The first half")

    playground.reload()

    expect(log).to_contain_text("The first half")
    expect(log).to_contain_text("Hi")
    assert provider.left == 0
    playground.get_by_role("button", name="Stop").click()
    expect(log).to_contain_text("stopped before it was complete")
    expect(log).to_contain_text("The first half")
    provider.replies[:] = [words("All of it.")]
    log.get_by_role("button", name="Ask again").click()
    expect(log).to_contain_text("All of it.")


def test_several_questions_are_answered_one_by_one(playground, provider, shop):
    provider.replies[:] = [calls(RETURN, CANCEL), words("One."), words("Both.")]
    ask(playground, "Return A-1038 and cancel A-1043")
    first = playground.get_by_role("region", name="Confirm create_return?")
    second = playground.get_by_role("region", name="Confirm cancel_order?")
    expect(first).to_contain_text("Expires in 23 hours")
    expect(second).to_be_visible()
    playground.reload()

    first.get_by_role("button", name="Confirm").click()
    expect(log_of(playground)).to_contain_text("One.")
    expect(first).to_have_count(0)
    second.get_by_role("button", name="Deny").click()
    expect(log_of(playground)).to_contain_text("Both.")

    assert shop.shop.writes == 1
    trace = trace_of(playground)
    expect(trace).to_contain_text("denied by local")
    expect(trace.get_by_text("not sent", exact=True)).to_be_visible()
    trace.get_by_text("create_return").click()
    expect(trace).to_contain_text("confirmed by local")


def test_a_question_that_expires_says_so_and_takes_no_answer(playground, provider):
    provider.replies[:] = [calls(RETURN)]
    playground.clock.install()
    ask(playground, "Return A-1038")
    card = playground.get_by_role("region", name="Confirm create_return?")
    expect(card.get_by_role("button", name="Confirm")).to_be_visible()

    playground.clock.fast_forward("24:00:30")

    expect(card).to_contain_text("Expired")
    expect(card.get_by_role("button")).to_have_count(0)


def test_an_error_of_the_provider_is_told_and_asked_again(playground, provider):
    provider.replies[:] = [refusal(401), words("Here.")]
    ask(playground, "Hi")
    expect(log_of(playground)).to_contain_text("refused the key")

    log_of(playground).get_by_role("button", name="Ask again").click()

    expect(log_of(playground)).to_contain_text("Here.")


def test_earlier_conversations_are_opened_renamed_exported_and_deleted(playground, provider):
    log = log_of(playground)
    for text in ("First", "Second"):
        ask(playground, text)
        expect(log).to_contain_text("Hello.")
        playground.get_by_role("button", name="Start over").click()
        expect(log).not_to_contain_text("Hello.")
    playground.get_by_role("button", name="Undo").last.click()
    expect(log).to_contain_text("Second")

    playground.get_by_role("button", name="Conversations").click()
    dialog = playground.get_by_role("dialog")
    dialog.get_by_role("button", name="More for First").click()
    playground.get_by_role("menuitem", name="Rename").click()
    playground.get_by_label("Title").fill("Chat about orders")
    playground.get_by_role("button", name="Rename").click()
    dialog.get_by_role("button", name="More for Chat about orders").click()
    with playground.expect_download() as kept:
        playground.get_by_role("menuitem", name="Export").click()
    assert kept.value.suggested_filename.startswith("conversation-")
    dialog.get_by_role("button", name="More for Second").click()
    playground.get_by_role("menuitem", name="Delete").click()
    playground.get_by_role("button", name="Delete conversation").click()
    expect(dialog.get_by_text("Second")).to_have_count(0)
    expect(log).not_to_contain_text("Second")

    dialog.get_by_role("button", name=re.compile("^Chat about orders")).click()
    expect(log).to_contain_text("First")


def test_a_long_conversation_is_drawn_in_pages_and_stays_where_it_is_read(playground, provider):
    many = [calls(*[("get_product", {"product_id": "P-104"})] * 20)] * 3
    provider.replies[:] = [*many, words("One."), *many, words("Two.")]
    log, trace = log_of(playground), trace_of(playground)
    ask(playground, "First question")
    expect(log).to_contain_text("One.", timeout=30_000)
    ask(playground, "Second question")
    expect(log).to_contain_text("Two.", timeout=30_000)
    playground.reload()
    expect(log).to_contain_text("Two.")
    expect(log).not_to_contain_text("First question")
    expect(trace.locator("summary")).to_have_count(60)

    first_drawn = log.locator(".playground-used").first
    first_drawn.scroll_into_view_if_needed()
    reading = first_drawn.element_handle()
    log.get_by_role("button", name="Show earlier").click()

    expect(log).to_contain_text("First question")
    expect(log.get_by_role("button", name="Show earlier")).to_have_count(0)
    assert reading is not None
    assert playground.evaluate(
        """(one) => {
          const { top, bottom } = one.getBoundingClientRect();
          return top >= 0 && bottom <= innerHeight;
        }""",
        reading,
    )
    trace.get_by_role("button", name="Show earlier calls").click()
    expect(trace.locator("summary")).to_have_count(120)
    provider.replies[:] = [words("Three.")]
    ask(playground, "Third question")
    expect(log.get_by_text("Three.")).to_be_in_viewport()
    expect(log).to_contain_text("First question")


def test_copying_an_answer_takes_its_text(playground):
    ask(playground, "Hi")
    answer = log_of(playground).get_by_text("Hello.")
    expect(answer).to_be_visible()
    answer.hover()
    log_of(playground).get_by_role("button", name="Copy answer").click()

    expect(log_of(playground).get_by_role("button", name="Copied")).to_be_visible()
