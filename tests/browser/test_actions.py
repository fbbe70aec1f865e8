"""Actions as somebody who writes no code makes them: by hand, tried out, changed, put back."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx2
import pytest
import yaml
from playwright.sync_api import Page, expect

from tests.live import running_server

pytestmark = pytest.mark.slow

ORDERS = {"A-1042": "shipped"}


class Orders(BaseHTTPRequestHandler):
    """A shop that knows one order."""

    def do_GET(self) -> None:
        order = self.path.rpartition("/")[2]
        status = ORDERS.get(order)
        body = json.dumps({"order": order, "status": status}).encode()
        self.send_response(200 if status else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


@pytest.fixture
def shop() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Orders)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def server(tmp_path, shop):
    with running_server(tmp_path, egress_allow=[shop.removeprefix("http://")]) as running:
        yield running


@pytest.fixture
def actions(owner: Page) -> Page:
    owner.goto("/actions")
    expect(owner.get_by_role("heading", name="Actions", exact=True)).to_be_visible()
    return owner


def fill_in(page: Page, shop: str) -> None:
    page.get_by_role("button", name="Create action").first.click()
    page.get_by_label("Name", exact=True).fill("Get order status")
    expect(page.get_by_text("The model sees get_order_status")).to_be_visible()
    page.get_by_label("When to use it").fill("Looks up where an order is.")
    page.get_by_role("textbox", name="URL").fill(shop + "/orders/{{order_id}}")
    page.get_by_role("button", name="Add order_id").click()
    page.get_by_label("Description of input 1").fill("The number, such as A-1042")


def create(page: Page, shop: str) -> None:
    fill_in(page, shop)
    page.get_by_role("button", name="Create action").click()
    expect(page.get_by_role("heading", name="get_order_status", level=1)).to_be_visible()


def stored(folder: Path) -> tuple[Path, dict[str, object]]:
    (path,) = (folder / "actions").glob("*.y*ml")
    return path, yaml.safe_load(path.read_text())


def test_a_newcomer_creates_tries_changes_and_puts_back_an_action(actions, shop, tmp_path):
    fill_in(actions, shop)

    actions.get_by_label("order_id").last.fill("A-1042")
    actions.get_by_role("button", name="Run test").click()
    expect(actions.get_by_text("Worked")).to_be_visible()
    expect(actions.get_by_role("tabpanel")).to_contain_text('"status": "shipped"')
    assert not list((tmp_path / "actions").glob("*"))

    actions.get_by_role("button", name="Create action").click()
    expect(actions.get_by_role("heading", name="get_order_status", level=1)).to_be_visible()
    actions.get_by_role("link", name="Actions").last.click()
    row = actions.get_by_role("row", name="get_order_status")
    expect(row).to_contain_text("asks first")

    row.get_by_role("link").click()
    about = actions.get_by_label("When to use it")
    about.fill("Tells the state of an order.")
    actions.get_by_role("button", name="Save", exact=True).click()
    expect(actions.get_by_text("get_order_status is saved.")).to_be_visible()
    assert stored(tmp_path)[1]["description"] == "Tells the state of an order."
    actions.get_by_label("order_id").last.fill("A-7")
    actions.get_by_role("button", name="Dry run").click()
    expect(actions.get_by_text(f"GET {shop}/orders/A-7")).to_be_visible()

    actions.get_by_role("button", name="History").click()
    history = actions.get_by_role("dialog")
    expect(history).to_contain_text("Looks up where an order is.")
    history.get_by_role("button", name="Restore version 1").click()
    expect(about).to_have_value("Looks up where an order is.")
    assert stored(tmp_path)[1]["description"] == "Looks up where an order is."


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


def test_an_edit_of_the_file_shows_at_once_and_is_merged_with_what_is_not_saved(
    actions, shop, tmp_path
):
    create(actions, shop)
    path, definition = stored(tmp_path)
    path.write_text(yaml.safe_dump(definition | {"description": "Written by hand."}))
    about = actions.get_by_label("When to use it")
    expect(about).to_have_value("Written by hand.")

    actions.get_by_label("Other ways to ask").fill("where is it")
    path, definition = stored(tmp_path)
    path.write_text(yaml.safe_dump(definition | {"description": "By hand again."}))
    actions.get_by_role("button", name="Compare").click()
    expect(actions.get_by_role("dialog")).to_contain_text("By hand again.")
    actions.get_by_role("button", name="Merge both").click()
    expect(about).to_have_value("By hand again.")
    actions.get_by_role("button", name="Save", exact=True).click()
    expect(actions.get_by_text("get_order_status is saved.")).to_be_visible()

    definition = stored(tmp_path)[1]
    assert definition["description"] == "By hand again."
    assert definition["similes"] == ["where is it"]


def test_a_save_over_a_version_nobody_here_has_seen_is_not_made(actions, shop, tmp_path):
    create(actions, shop)
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
    expect(asked).to_contain_text("Both of you changed: description.")
    assert stored(tmp_path)[1]["description"] == "Theirs."
    asked.get_by_role("button", name="Drop mine").click()
    expect(about).to_have_value("Theirs.")


def test_unsaved_changes_are_not_lost_by_a_click(actions, shop):
    create(actions, shop)
    actions.get_by_label("When to use it").fill("Something else.")

    actions.get_by_role("link", name="Actions").last.click()
    actions.get_by_role("button", name="Stay").click()

    expect(actions.get_by_label("When to use it")).to_have_value("Something else.")


def test_an_action_is_switched_off_and_back_filtered_and_deleted(actions, shop):
    create(actions, shop)
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
