"""Signing in, finding one's way, and what is around every page."""

import re

import pytest
from playwright.sync_api import expect

from tests.live import end

pytestmark = pytest.mark.slow


def test_the_printed_link_signs_in_and_leaves_no_token_behind(page, server):
    page.goto(f"/login#{server.login_token}")

    expect(page.get_by_role("navigation")).to_contain_text("API keys")
    assert server.login_token not in page.url
    page.go_back()
    assert server.login_token not in page.url


def test_a_link_used_twice_says_how_to_get_another(page, server, browser):
    page.goto(f"/login#{server.login_token}")
    expect(page.get_by_role("navigation")).to_be_visible()
    other = browser.new_context(base_url=server.url).new_page()

    other.goto(f"/login#{server.login_token}")

    expect(other.get_by_role("alert")).to_contain_text("deftly login-link")
    other.context.close()


@pytest.mark.parametrize("path", ["/", "/keys", "/nothing/at/all", "/login"])
def test_a_stranger_is_asked_to_sign_in_wherever_they_arrive(page, path):
    page.goto(path)

    expect(page.get_by_role("heading", name="Sign in to Deftly")).to_be_visible()


def test_who_signs_out_is_out_and_stays_out(owner):
    owner.get_by_role("button", name="Account").click()
    owner.get_by_role("menuitem", name="Sign out").click()

    heading = owner.get_by_role("heading", name="Sign in to Deftly")
    expect(heading).to_be_visible()
    owner.goto("/keys")
    expect(heading).to_be_visible()


def test_signing_out_in_one_tab_ends_the_others_with_a_sentence(owner):
    other = owner.context.new_page()
    other.goto("/keys")
    expect(other.get_by_role("heading", name="API keys", exact=True)).to_be_visible()

    owner.get_by_role("button", name="Account").click()
    owner.get_by_role("menuitem", name="Sign out").click()

    sign_in = other.get_by_role("heading", name="Sign in to Deftly")
    expect(sign_in).to_be_visible(timeout=30_000)
    expect(other.get_by_role("alert")).to_have_text(
        "Your session has ended. Sign in again to go on."
    )


def test_the_palette_finds_a_page_and_goes_there_by_keyboard_alone(owner):
    owner.goto("/nowhere")
    expect(owner.get_by_text("There is no such page")).to_be_visible()

    owner.keyboard.press("Control+k")
    owner.keyboard.type("api keys")
    owner.keyboard.press("Enter")

    expect(owner).to_have_url(re.compile(r"/keys$"))
    expect(owner.get_by_role("heading", name="API keys", exact=True)).to_be_visible()


def test_keys_pressed_while_typing_are_text(owner):
    owner.goto("/keys")
    owner.get_by_role("button", name="Create key").first.click()
    owner.get_by_label("Name").fill("")
    owner.get_by_label("Name").press_sequentially("c?gk")

    expect(owner.get_by_role("dialog")).to_have_count(1)
    expect(owner.get_by_label("Name")).to_have_value("c?gk")


def test_the_chosen_theme_holds_over_a_reload(owner):
    owner.emulate_media(color_scheme="light")
    owner.get_by_role("button", name="Theme").click()
    owner.get_by_role("menuitem", name="Dark theme").click()
    owner.reload()

    expect(owner.get_by_role("navigation")).to_be_visible()
    assert owner.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_a_server_that_stops_answering_is_told_of(owner, server):
    owner.goto("/keys")
    expect(owner.get_by_text("No keys yet")).to_be_visible()

    end(server)

    expect(owner.get_by_text("The server does not answer")).to_be_visible()
    expect(owner.get_by_text("No keys yet")).to_be_visible()


def test_the_navigation_of_a_phone_opens_and_closes_by_going_somewhere(owner):
    owner.set_viewport_size({"width": 375, "height": 720})
    owner.goto("/nowhere")
    link = owner.get_by_role("link", name="API keys")
    expect(link).not_to_be_visible()

    owner.get_by_role("button", name="Open navigation").click()
    link.click()

    expect(owner.get_by_role("heading", name="API keys", exact=True)).to_be_visible()
    expect(link).not_to_be_visible()
    assert owner.evaluate("document.documentElement.scrollWidth <= innerWidth")
