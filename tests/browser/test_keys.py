"""API keys: made, shown once, used, revoked."""

import httpx2
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


@pytest.fixture
def keys(owner):
    owner.goto("/keys")
    expect(owner.get_by_role("heading", name="API keys", exact=True)).to_be_visible()
    return owner


def create(page, name: str) -> str:
    page.get_by_role("button", name="Create key").first.click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("dialog").get_by_role("button", name="Create key").click()
    expect(page.get_by_text("Your new key")).to_be_visible()
    secret: str = page.get_by_role("dialog").locator("code").inner_text()
    return secret


def test_a_key_is_shown_once_calls_and_is_refused_when_revoked(keys, server):
    secret = create(keys, "Support bot")
    keys.get_by_role("button", name="I have saved it").click()

    held = {"x-api-key": secret}
    assert httpx2.get(f"{server.url}/api/tools", headers=held).status_code == 200
    assert httpx2.get(f"{server.url}/api/runs", headers=held).status_code == 403
    keys.reload()
    row = keys.get_by_role("row", name="Support bot")
    expect(row).not_to_contain_text("never")
    assert secret not in keys.content()

    row.get_by_role("button", name="More for Support bot").click()
    keys.get_by_role("menuitem", name="Revoke").click()
    keys.get_by_role("button", name="Revoke key").click()

    expect(keys.get_by_text("No keys yet")).to_be_visible()
    assert httpx2.get(f"{server.url}/api/tools", headers=held).status_code == 401


def test_the_text_of_a_new_key_is_not_lost_by_a_slip(keys):
    create(keys, "Support bot")

    keys.keyboard.press("Escape")
    keys.keyboard.press("Escape")
    keys.mouse.click(5, 5)

    expect(keys.get_by_text("Your new key")).to_be_visible()


def test_what_the_server_refuses_is_told_at_its_field(keys):
    keys.get_by_role("button", name="Create key").first.click()
    keys.get_by_role("checkbox", name="run", exact=True).uncheck()
    keys.get_by_label("Name").fill("Nobody")
    keys.get_by_role("dialog").get_by_role("button", name="Create key").click()

    expect(keys.get_by_role("group", name="It may").get_by_role("alert")).to_contain_text("empty")
    keys.get_by_role("checkbox", name="read", exact=True).check()
    keys.get_by_label("Name").fill(" ")
    keys.get_by_role("dialog").get_by_role("button", name="Create key").click()

    expect(keys.get_by_label("Name")).to_have_accessible_description(
        "Where it is used: you will look for it later. name is required and must be text."
    )
    expect(keys.get_by_label("Name")).to_be_focused()


def test_a_key_made_elsewhere_appears_without_a_reload(keys, server):
    expect(keys.get_by_text("No keys yet")).to_be_visible()
    cookies = {one["name"]: one["value"] for one in keys.context.cookies()}

    body = {"name": "From a program", "scopes": ["run"]}
    made = httpx2.post(f"{server.url}/api/keys", json=body, cookies=cookies)

    assert made.status_code == 200
    expect(keys.get_by_role("row", name="From a program")).to_be_visible()


def test_a_question_answered_with_escape_does_nothing(keys):
    create(keys, "Support bot")
    keys.get_by_role("button", name="I have saved it").click()
    keys.get_by_role("button", name="More for Support bot").click()
    keys.get_by_role("menuitem", name="Revoke").click()
    expect(keys.get_by_role("dialog")).to_be_visible()

    keys.keyboard.press("Escape")

    expect(keys.get_by_role("dialog")).to_have_count(0)
    expect(keys.get_by_role("row", name="Support bot")).to_be_visible()
    expect(keys.get_by_role("button", name="More for Support bot")).to_be_focused()
