"""Actions somebody brings along: a file, commands, an export, a sentence, a template."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.given import operation
from tests.live import running_server

pytestmark = pytest.mark.slow

MIB = 1024 * 1024


class Shop(BaseHTTPRequestHandler):
    """Tells what it was asked for."""

    def do_GET(self) -> None:
        body = json.dumps({"asked": self.path, "key": self.headers["x-api-key"]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        """Say nothing."""


@pytest.fixture
def shop() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
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
def adding(owner: Page) -> Page:
    owner.goto("/actions/import?from=file")
    expect(owner.get_by_role("heading", name="Add actions")).to_be_visible()
    return owner


def document(shop: str | None, **paths: object) -> dict[str, object]:
    return {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": shop}] if shop else [],
        "paths": {f"/{name}": one for name, one in paths.items()},
    }


ORDERS = {
    "orders/{order_id}": {
        "get": operation("getOrder", "order_id"),
        "delete": operation("cancelOrder", "order_id"),
    },
    "orders": {"get": operation("listOrders")},
}


def choose(page: Page, name: str, content: object) -> None:
    given: FilePayload = {
        "name": name,
        "mimeType": "application/octet-stream",
        "buffer": json.dumps(content).encode(),
    }
    page.locator("input[type=file]").set_input_files(given)


def row(page: Page, name: str) -> Locator:
    return page.get_by_role("row", name=name)


def saved(folder: Path) -> set[str]:
    return {path.stem for path in (folder / "actions").glob("*.y*ml")}


def test_a_name_that_is_taken_is_told_before_and_a_refusal_at_its_operation(adding, shop, tmp_path):
    (tmp_path / "actions").mkdir(exist_ok=True)
    choose(adding, "shop.json", document(shop, **ORDERS))
    adding.get_by_role("button", name="Save 3 actions").click()
    expect(adding.get_by_text("3 actions added")).to_be_visible()
    # No action of that name, so nothing is told before.
    (tmp_path / "actions" / "cancel_order_2.yaml").write_text("{")
    adding.get_by_role("button", name="Start over").click()

    choose(adding, "shop.json", document(shop, **ORDERS))
    expect(row(adding, "get_order")).to_contain_text("There is an action get_order already.")
    expect(adding.get_by_role("button", name="Save", exact=True)).to_be_disabled()
    adding.get_by_role("button", name="Number them").click()
    adding.get_by_role("button", name="Save 3 actions").click()

    expect(adding.get_by_role("heading", name="Not saved: 1")).to_be_visible()
    failed = adding.get_by_role("listitem").filter(has_text="cancel_order_2")
    expect(failed).to_contain_text("cancel_order_2.yaml")
    assert saved(tmp_path) >= {"get_order_2", "list_orders_2"}
    adding.get_by_role("button", name="Undo").click()
    adding.get_by_role("button", name="Delete them").click()
    expect(adding.get_by_text("3 of 3 selected")).to_be_visible()
    assert saved(tmp_path) == {"get_order", "list_orders", "cancel_order", "cancel_order_2"}


def test_commands_are_saved_one_by_one_with_their_credentials_as_secrets(adding, shop):
    adding.get_by_role("tab", name="cURL").click()
    adding.get_by_label("cURL commands").fill(
        f"# both\ncurl {shop}/orders -H 'X-Api-Key: abcdefgh-1'\n"
        f"curl {shop}/orders \\\n  -H 'X-Api-Key: abcdefgh-2'\ncurl -F a=@b {shop}"
    )
    adding.get_by_role("button", name="Read 3 commands").click()

    expect(adding.get_by_text("1 of them can be no action")).to_be_visible()
    adding.get_by_role("button", name="Save 2 actions").click()
    expect(adding.get_by_text("2 actions added")).to_be_visible()
    adding.get_by_role("link", name="get_orders_2").click()
    adding.get_by_role("button", name="Run test").click()
    expect(adding.get_by_role("tabpanel")).to_contain_text('"asked": "/orders"')
    adding.goto("/secrets")
    expect(adding.get_by_role("row", name="GET_ORDERS_2_X_API_KEY")).to_be_visible()
    expect(adding.get_by_role("row", name="GET_ORDERS_X_API_KEY")).to_be_visible()


def test_one_command_opens_in_the_editor_and_is_not_saved_before_that_says_so(
    adding, shop, tmp_path
):
    adding.get_by_role("tab", name="cURL").click()
    adding.get_by_label("cURL commands").fill(f"curl {shop}/orders/$ORDER_ID")
    adding.get_by_role("button", name="Read the command").click()

    expect(adding.get_by_label("Name", exact=True)).to_have_value("GET_ORDERS_ORDER_ID")
    expect(adding.get_by_text("A draft, not saved yet.")).to_be_visible()
    expect(adding.get_by_label("Name of input 1")).to_have_value("order_id")
    assert saved(tmp_path) == set()
    adding.get_by_role("link", name="Playground").click()
    adding.get_by_role("button", name="Stay").click()
    adding.get_by_role("button", name="Create action").click()
    expect(adding.get_by_role("heading", name="get_orders_order_id", level=1)).to_be_visible()
    assert saved(tmp_path) == {"get_orders_order_id"}


def test_words_need_a_model_and_without_one_it_is_told_what_works(adding, shop):
    adding.get_by_role("tab", name="Describe it").click()
    words = adding.get_by_label("What should it do?")
    words.fill("Look up the weather of a town.")
    adding.get_by_role("button", name="Make a draft").click()
    expect(adding.get_by_text("Plain words need a model")).to_be_visible()
    expect(adding.get_by_text("Set model to")).to_be_visible()

    words.fill(f"Make this an action: curl {shop}/weather")
    adding.get_by_role("button", name="Make a draft").click()

    expect(adding.get_by_label("Name", exact=True)).to_have_value("GET_WEATHER")


UNREADABLE = {
    b"": "given.json is empty.",
    b"once upon a time": "given.json is no OpenAPI document",
    b'{"openapi": "3.0.0"': "given.json is no valid JSON",
    b'{"openapi": "3.0.0", "paths": {}}, "save": true': "given.json is no valid JSON",
    b"\x00\x01\x02": "given.json is no text",
    b'{"swagger": "2.0"}': "convert it to OpenAPI 3",
    b"openapi: 3.0.0\npaths: {": "no YAML",
    b"openapi: 3.0.0\npaths: {}": "no operations",
    b'{"openapi": "%b"}' % (b"x" * 17 * MIB): "given.json has 17 MiB",
}


def test_a_file_that_cannot_be_read_is_told_by_name_and_reason(adding, tmp_path):
    path = tmp_path / "given.json"
    for content, told in UNREADABLE.items():
        path.write_bytes(content)
        adding.locator("input[type=file]").set_input_files(path)

        expect(adding.get_by_role("alert")).to_contain_text(told)
        expect(adding.get_by_role("button", name="Choose a file")).to_be_visible()


def test_a_file_no_browser_should_hold_is_refused_unread(adding, tmp_path):
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(65 * MIB)

    adding.locator("input[type=file]").set_input_files(path)

    expect(adding.get_by_role("alert")).to_contain_text("huge.json has 65 MiB; 64 MiB is the most")


def test_a_document_without_a_server_is_read_again_with_an_address(adding, shop):
    choose(adding, "shop.json", document(None, **ORDERS))
    expect(adding.get_by_text("3 of them can be no action")).to_be_visible()

    adding.get_by_label("Address of the API").fill(shop)
    adding.get_by_role("button", name="Read it again").click()

    expect(row(adding, "list_orders")).to_contain_text(shop.removeprefix("http://"))


def test_what_is_exported_can_be_brought_elsewhere(adding, shop, tmp_path):
    choose(adding, "shop.json", document(shop, **ORDERS))
    adding.get_by_role("button", name="Save 3 actions").click()
    expect(adding.get_by_text("3 actions added")).to_be_visible()
    adding.get_by_role("button", name="Start over").click()
    with adding.expect_download() as download:
        adding.get_by_role("link", name="Export all").click()
    exported = json.loads(Path(download.value.path()).read_bytes())
    for path in (tmp_path / "actions").glob("*.yaml"):
        path.unlink()
    adding.reload()

    choose(adding, download.value.suggested_filename, exported)
    adding.get_by_role("button", name="Save 3 actions").click()

    expect(adding.get_by_text("3 actions added")).to_be_visible()
    assert saved(tmp_path) == {"get_order", "cancel_order", "list_orders"}


def test_thousands_of_operations_are_searched_and_picked_from(adding, shop, tmp_path):
    paths = {f"things/{n}": {"get": operation(f"get thing {n}")} for n in range(3_000)}
    choose(adding, "large.json", document(shop, **paths))
    expect(adding.get_by_text("0 of 3,000 selected")).to_be_visible(timeout=30_000)
    assert adding.get_by_role("row").count() < 100

    adding.get_by_role("button", name="Select all").click()
    expect(adding.get_by_role("button", name="Save 3,000 actions")).to_be_enabled()
    adding.get_by_role("button", name="Select none").click()
    adding.get_by_label("Search what was found").fill("thing 2999")
    adding.get_by_role("button", name="Select these 1").click()
    adding.get_by_role("button", name="Save 1 action").click()

    expect(adding.get_by_text("1 action added")).to_be_visible()
    assert saved(tmp_path) == {"get_thing_2999"}


def test_a_template_opens_in_the_editor_and_can_be_tried_at_once(owner, shop, tmp_path):
    owner.goto("/actions")
    owner.get_by_role("link", name="Look something up").click()

    expect(owner.get_by_label("Name", exact=True)).to_have_value("Get order")
    owner.get_by_role("textbox", name="URL").fill(shop + "/orders/{{order_id}}")
    owner.get_by_label("order_id").last.fill("A-1042")
    owner.get_by_role("button", name="Run test").click()
    expect(owner.get_by_role("tabpanel")).to_contain_text('"asked": "/orders/A-1042"')
    assert saved(tmp_path) == set()
