"""Secrets: stored, replaced and deleted in the browser, and never shown."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow


@pytest.fixture
def secrets(owner: Page) -> Page:
    owner.goto("/secrets")
    expect(owner.get_by_text("No secrets yet")).to_be_visible()
    return owner


def store(page: Page, name: str, value: str, hosts: str = "") -> None:
    page.get_by_role("button", name="Add secret").first.click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Value").fill(value)
    page.get_by_label("Only for these hosts").fill(hosts)
    page.get_by_role("dialog").get_by_role("button", name="Store secret").click()


def pick(page: Page, name: str, choice: str) -> None:
    page.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name=choice).click()


def test_a_secret_is_stored_replaced_and_deleted_and_its_value_is_never_shown(secrets):
    answers: list[str] = []
    secrets.on(
        "response",
        lambda heard: answers.append(heard.text()) if heard.url.endswith("/api/secrets") else None,
    )
    store(secrets, "SHOP_KEY", "sesame-one", "api.shop.example\nshop.example")
    row = secrets.get_by_role("row", name="SHOP_KEY")
    expect(row).to_contain_text("api.shop.example")

    pick(secrets, "SHOP_KEY", "Replace value")
    secrets.get_by_label("Value").fill("sesame-two")
    secrets.get_by_role("dialog").get_by_role("button", name="Replace value").click()
    expect(secrets.get_by_role("dialog")).to_have_count(0)
    expect(row).to_contain_text("shop.example")
    secrets.reload()
    expect(row).to_be_visible()
    assert "sesame" not in secrets.content()
    assert answers
    assert all("sesame" not in one for one in answers)

    pick(secrets, "SHOP_KEY", "Delete")
    secrets.get_by_role("button", name="Delete secret").click()
    expect(secrets.get_by_text("No secrets yet")).to_be_visible()


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [("", "sesame", "Name"), ("SHOP_KEY", "", "Value"), ("SHOP KEY", "sesame", "Name")],
)
def test_what_cannot_be_stored_is_told_at_its_field(secrets, name, value, field):
    store(secrets, name, value)

    wrong = secrets.get_by_role("dialog").get_by_label(field)
    expect(wrong).to_have_attribute("aria-invalid", "true")


def test_a_name_that_is_taken_does_not_replace_its_value(secrets):
    store(secrets, "SHOP_KEY", "sesame-one")
    expect(secrets.get_by_role("row", name="SHOP_KEY")).to_be_visible()

    store(secrets, "SHOP_KEY", "sesame-two")

    expect(secrets.get_by_role("dialog").get_by_role("alert")).to_contain_text("there already")
