"""An agent's page: where it may stand, how it looks there, the tag to copy, its visitors."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import programs_of
from tests.live import Server


@pytest.fixture
def api(owner: Page, server: Server) -> Iterator[httpx2.Client]:
    with programs_of(owner, server.url) as client:
        yield client


@pytest.fixture
def agent(owner: Page, api: httpx2.Client) -> Page:
    strings = {"embed": {"strings": {"placeholder": "Ask away"}, "color": "#0f766e"}}
    assert api.put("/api/agents/default", json=strings).is_success
    owner.goto("/agents/default")
    expect(owner.get_by_role("textbox", name="Colour")).to_have_value("#0f766e")
    return owner


def stored(api: httpx2.Client) -> dict[str, Any]:
    told: dict[str, Any] = api.get("/api/agents/default").json()["agent"]
    return told


def save(page: Page) -> None:
    page.get_by_role("button", name="Save agent").click()
    expect(page.get_by_text("The agent is saved.")).to_be_visible()


def test_the_tag_names_this_server_and_the_agent(agent, api, server):
    key = stored(api)["publishableKey"]
    tag = f'<script src="{server.url}/embed.js" data-agent="{key}" defer></script>'

    expect(agent.get_by_text(tag)).to_be_visible()
    expect(agent.get_by_text("No page may embed it yet")).to_be_visible()
    agent.get_by_label("Allowed origins").fill("https://shop.example")
    save(agent)
    expect(agent.get_by_text("No page may embed it yet")).to_have_count(0)
    assert stored(api)["allowedOrigins"] == ["https://shop.example"]


def test_a_look_is_chosen_and_taken_back_and_what_the_form_does_not_show_stays(agent, api):
    agent.get_by_label("Words on the button").fill("Ask us")
    agent.get_by_label("Corner").select_option("Left")
    agent.get_by_label("Light or dark").select_option("Dark")
    agent.get_by_role("textbox", name="Colour").fill("")
    agent.get_by_role("checkbox", name="Pages may tell it where the visitor is").check()
    save(agent)

    told = stored(api)
    look = {k: v for k, v in told["embed"].items() if v is not None}
    assert look == {
        "launcherText": "Ask us",
        "position": "left",
        "theme": "dark",
        "strings": {"placeholder": "Ask away"},
    }
    assert told["allowPageContext"] is True


def test_a_colour_that_is_none_is_told_at_its_field(agent):
    agent.get_by_role("textbox", name="Colour").fill("teal")
    agent.get_by_role("button", name="Save agent").click()

    expect(agent.get_by_role("alert").filter(has_text="#0f766e")).to_be_visible()
    expect(agent.get_by_role("textbox", name="Colour")).to_have_attribute("aria-invalid", "true")


def test_an_owner_sees_the_identity_secret_and_makes_another(agent, api):
    path = "/api/agents/default/identity-secret"
    first = api.get(path).json()["secret"]
    expect(agent.get_by_text(first)).to_have_count(0)
    agent.get_by_role("button", name="Show the identity secret").click()
    expect(agent.get_by_text(first)).to_be_visible()

    agent.get_by_role("button", name="Make another").click()
    agent.get_by_role("dialog").get_by_role("button", name="Make another").click()

    expect(agent.get_by_text("There is another secret.")).to_be_visible()
    expect(agent.get_by_text(first)).to_have_count(0)
    agent.get_by_role("button", name="Show the identity secret").click()
    expect(agent.get_by_text(api.get(path).json()["secret"])).to_be_visible()
    assert api.get(path).json()["secret"] != first
