"""Agents: made, edited by two people at once, deleted."""

import re
from collections.abc import Iterator

import httpx2
import pytest
from playwright.sync_api import Page, expect

from tests.live import Server

pytestmark = pytest.mark.slow


@pytest.fixture
def other(owner: Page, server: Server) -> Iterator[httpx2.Client]:
    """Somebody else who edits, through the API."""
    cookies = {one["name"]: one["value"] for one in owner.context.cookies()}
    with httpx2.Client(base_url=server.url, cookies=cookies, timeout=30) as http:
        yield http


@pytest.fixture
def agent(owner: Page) -> Page:
    """The page of a new agent."""
    owner.goto("/agents")
    owner.get_by_role("button", name="Create agent").click()
    dialog = owner.get_by_role("dialog")
    dialog.get_by_label("Title").fill("Shop assistant")
    expect(dialog.get_by_label("Name")).to_have_value("shop-assistant")
    dialog.get_by_role("button", name="Create agent").click()
    expect(owner).to_have_url(re.compile(r"/agents/shop-assistant$"))
    expect(owner.get_by_role("heading", name="Shop assistant")).to_be_visible()
    return owner


def save(page: Page) -> None:
    page.get_by_role("button", name="Save agent").click()
    expect(page.get_by_role("button", name="Save agent")).to_have_count(0)


def stored(other: httpx2.Client):
    return other.get("/api/agents/shop-assistant").json()["agent"]


def test_an_agent_is_made_edited_and_deleted(agent, other):
    agent.get_by_label("Instructions").fill("Be brief.")
    agent.get_by_label("Suggested questions").fill("Where is my order?\n\nWho are you?")
    agent.get_by_label("Allowed origins").fill("https://Shop.example/")
    agent.get_by_label("All actions").uncheck()
    save(agent)

    now = stored(other)
    assert now["allowedOrigins"] == ["https://shop.example"]
    expect(agent.get_by_label("Allowed origins")).to_have_value("https://shop.example")
    assert now["instructions"] == "Be brief."
    assert now["suggestedQuestions"] == ["Where is my order?", "Who are you?"]
    assert now["actions"] == []

    agent.get_by_role("button", name="Delete").click()
    agent.get_by_role("button", name="Delete agent").click()
    expect(agent).to_have_url(re.compile(r"/agents$"))
    expect(agent.get_by_role("row", name="default")).to_be_visible()
    expect(agent.get_by_role("row", name="Shop assistant")).to_have_count(0)


def test_what_the_server_refuses_is_told_at_its_field(agent):
    agent.get_by_label("Allowed origins").fill("not an origin")
    agent.get_by_role("button", name="Save agent").click()

    expect(agent.get_by_label("Allowed origins")).to_have_attribute("aria-invalid", "true")


def test_edits_of_two_people_come_together(agent, other):
    agent.get_by_label("Greeting").fill("Hello!")

    other.put("/api/agents/shop-assistant", json={"instructions": "Be kind."})

    expect(agent.get_by_label("Instructions")).to_have_value("Be kind.")
    save(agent)
    now = stored(other)
    assert (now["greeting"], now["instructions"]) == ("Hello!", "Be kind.")


@pytest.mark.parametrize(("choice", "kept"), [("Take theirs", "Theirs"), ("Keep mine", "Mine")])
def test_two_edits_of_the_same_field_are_a_question(agent, other, choice, kept):
    agent.get_by_label("Greeting").fill("Mine")
    agent.get_by_label("Instructions").fill("Be brief.")

    other.put("/api/agents/shop-assistant", json={"greeting": "Theirs"})

    agent.get_by_role("button", name=choice).click()
    expect(agent.get_by_label("Greeting")).to_have_value(kept)
    save(agent)
    assert stored(other)["greeting"] == kept


def test_who_did_not_hear_of_an_edit_is_told_and_loses_nothing(agent, other):
    agent.route("**/api/events", lambda route: route.abort())
    agent.reload()
    agent.get_by_label("Greeting").fill("Mine")
    other.put("/api/agents/shop-assistant", json={"instructions": "Be kind."})

    agent.get_by_role("button", name="Save agent").click()

    expect(agent.get_by_text("Somebody else saved this agent meanwhile")).to_be_visible()
    expect(agent.get_by_label("Instructions")).to_have_value("Be kind.")
    save(agent)
    now = stored(other)
    assert (now["greeting"], now["instructions"]) == ("Mine", "Be kind.")


def test_unsaved_changes_are_asked_about(agent):
    agent.get_by_label("Greeting").fill("Hello!")
    agent.get_by_role("link", name="Agents").first.click()

    expect(agent.get_by_text("Leave without saving?")).to_be_visible()
    agent.get_by_role("button", name="Stay").click()
    expect(agent.get_by_label("Greeting")).to_have_value("Hello!")
