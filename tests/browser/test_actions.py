"""Making actions by hand: what is refused is told, and nothing is lost by a slip or a cut."""

import httpx2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import stored

pytestmark = pytest.mark.slow

URL = "https://api.example.com/orders/{{order_id}}"


@pytest.fixture
def actions(owner: Page) -> Page:
    owner.goto("/actions")
    expect(owner.get_by_role("heading", name="Actions", exact=True)).to_be_visible()
    return owner


def create(page: Page) -> None:
    page.get_by_role("button", name="Create action").first.click()
    page.get_by_label("Name", exact=True).fill("Get order status")
    expect(page.get_by_text("The model sees get_order_status")).to_be_visible()
    page.get_by_label("When to use it").fill("Looks up where an order is.")
    page.get_by_role("textbox", name="URL").fill(URL)
    page.get_by_role("button", name="Add order_id").click()
    page.get_by_label("Description of input 1").fill("The number, such as A-1042")
    page.get_by_role("button", name="Create action").click()
    expect(page.get_by_role("heading", name="get_order_status", level=1)).to_be_visible()


def test_what_the_server_refuses_is_told_at_its_field(actions):
    actions.get_by_role("button", name="Create action").first.click()
    actions.get_by_label("Name", exact=True).fill("Get order status")
    actions.get_by_label("When to use it").fill("Looks up where an order is.")
    actions.get_by_label("Time limit in seconds").fill("900")
    actions.get_by_role("button", name="Add input").click()
    actions.get_by_label("Name of input 1").fill("not a name")
    actions.get_by_role("button", name="Create action").click()

    expect(actions.get_by_role("alert").filter(has_text="handler.url")).to_be_in_viewport()
    actions.get_by_role("textbox", name="URL").fill("https://api.example.com")
    actions.get_by_role("button", name="Create action").click()

    expect(actions.get_by_label("Name of input 1")).to_have_attribute("aria-invalid", "true")
    actions.get_by_label("Name of input 1").fill("order_id")
    actions.get_by_role("button", name="Create action").click()

    limit = actions.get_by_label("Time limit in seconds")
    expect(limit).to_have_attribute("aria-invalid", "true")
    expect(limit).to_be_focused()


def test_a_save_over_a_version_nobody_here_has_seen_is_not_made(actions, tmp_path):
    create(actions)
    # No news of changes: the tab slept, or its stream was cut.
    actions.context.route("**/api/events", lambda route: route.abort())
    actions.reload()
    about = actions.get_by_label("When to use it")
    about.fill("Mine.")
    name = actions.url.rpartition("/")[2]
    cookies = {one["name"]: one["value"] for one in actions.context.cookies()}
    address = actions.url.replace(f"/actions/{name}", f"/api/custom-actions/{name}")
    httpx2.put(address, json={"description": "Theirs."}, cookies=cookies).raise_for_status()

    actions.get_by_role("button", name="Save", exact=True).click()

    asked = actions.get_by_role("dialog")
    expect(asked).to_contain_text("Theirs.")
    expect(asked).to_contain_text("Both of you changed: when to use it.")
    assert stored(tmp_path)["description"] == "Theirs."
    asked.get_by_role("button", name="Drop mine").click()
    expect(about).to_have_value("Theirs.")


def test_unsaved_changes_are_not_lost_by_a_click(actions):
    create(actions)
    actions.get_by_label("When to use it").fill("Something else.")

    actions.get_by_role("link", name="Actions").last.click()
    actions.get_by_role("button", name="Stay").click()

    expect(actions.get_by_label("When to use it")).to_have_value("Something else.")


def test_an_action_is_switched_off_and_back_filtered_and_deleted(actions):
    create(actions)
    actions.get_by_role("link", name="Actions").last.click()
    switch = actions.get_by_role("switch", name="get_order_status is on")
    switch.click()
    expect(actions.get_by_text("get_order_status is off.")).to_be_visible()
    actions.get_by_role("button", name="Undo").click()
    expect(switch).to_be_checked()

    actions.get_by_label("State").select_option("off")
    expect(actions.get_by_text("No action fits")).to_be_visible()
    actions.get_by_role("button", name="Show all actions").click()
    actions.get_by_role("button", name="More for get_order_status").click()
    actions.get_by_role("menuitem", name="Delete").click()
    actions.get_by_role("button", name="Delete action").click()

    expect(actions.get_by_text("No actions yet")).to_be_visible()
