"""Runs: they appear as they happen, are found by filters, and tell what became of them."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
import pytest
from playwright.sync_api import Page, expect

from tests.live import Server, running_server

pytestmark = pytest.mark.slow


class Shop(BaseHTTPRequestHandler):
    """Knows one order; asked for another, it hangs up."""

    def do_GET(self) -> None:
        if not self.path.endswith("/A-1042"):
            return
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b'{"parcel": "on its way"}')

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def shop() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Shop) as opened:
        thread = threading.Thread(target=opened.serve_forever, args=(0.05,))
        thread.start()
        yield f"127.0.0.1:{opened.server_port}"
        opened.shutdown()
        thread.join(10)


@pytest.fixture
def server(tmp_path, shop) -> Iterator[Server]:
    with running_server(tmp_path, egress_allow=[shop]) as running:
        yield running


@pytest.fixture
def program(owner: Page, server: Server) -> Iterator[httpx2.Client]:
    """A program that calls with the owner's session, beside the open page."""
    cookies = {one["name"]: one["value"] for one in owner.context.cookies()}
    with httpx2.Client(base_url=server.url, cookies=cookies, timeout=30) as http:
        yield http


@pytest.fixture
def order_status(program: httpx2.Client, shop: str) -> None:
    definition = {
        "name": "get_order_status",
        "description": "Tells where an order is.",
        "parameters": [{"name": "order_id", "type": "string", "required": True}],
        "handler": {"type": "http", "url": f"http://{shop}/orders/{{{{order_id}}}}"},
        "executionMode": "auto",
    }
    made = program.post("/api/custom-actions", json=definition)
    assert made.status_code == 200, made.text


def call(program: httpx2.Client, order_id: str) -> str:
    told = program.post(
        "/api/tools/get_order_status/call", json={"arguments": {"order_id": order_id}}
    )
    assert told.status_code == 200, told.text
    run: str = told.json()["runId"]
    return run


def runs(page: Page):
    return page.get_by_role("table", name="Runs", exact=True).locator("tbody tr")


@pytest.mark.usefixtures("order_status")
def test_a_call_appears_by_itself_and_tells_what_was_sent_and_what_came_back(owner, program):
    owner.goto("/runs")
    expect(owner.get_by_text("Nothing has run yet")).to_be_visible()

    run = call(program, "A-1042")

    row = owner.get_by_role("row", name="get_order_status")
    expect(row).to_contain_text("Succeeded")
    row.get_by_text("Succeeded").click()
    expect(owner).to_have_url(re.compile(f"/runs/{run}$"))
    expect(owner.get_by_role("heading", name="get_order_status")).to_be_visible()
    main = owner.get_by_role("main")
    for said in ("A-1042", "on its way", "API", run):
        expect(main).to_contain_text(said)


@pytest.mark.usefixtures("order_status")
def test_a_filter_is_in_the_address_and_holds_for_what_comes_later(owner, program):
    call(program, "A-1042")
    owner.goto("/runs")
    expect(runs(owner)).to_have_count(1)

    owner.get_by_label("Status").select_option(label="Failed")
    expect(owner).to_have_url(re.compile(r"status=failed"))
    expect(owner.get_by_text("No run fits")).to_be_visible()
    call(program, "A-1042")
    failed = call(program, "A-9999")

    expect(runs(owner)).to_have_count(1)
    owner.reload()
    expect(runs(owner)).to_have_count(1)
    owner.get_by_role("link", name="get_order_status").click()
    expect(owner).to_have_url(re.compile(f"/runs/{failed}$"))
    expect(owner.get_by_role("main").get_by_role("alert")).to_be_visible()
    owner.go_back()
    expect(owner).to_have_url(re.compile(r"/runs\?status=failed$"))
    expect(runs(owner)).to_have_count(1)


@pytest.mark.usefixtures("order_status")
def test_older_runs_come_when_the_end_of_the_list_is_near(owner, program):
    first = call(program, "A-1042")
    for _ in range(130):
        call(program, "A-1042")
    owner.goto("/runs")
    table = owner.get_by_role("table", name="Runs", exact=True)
    expect(table).to_have_attribute("aria-busy", "false")
    expect(table).to_have_attribute("aria-rowcount", "-1")  # nobody knows how many

    table.locator("..").evaluate("box => box.scrollTo(0, box.scrollHeight)")

    expect(table).to_have_attribute("aria-rowcount", "132")  # with the heads
    table.locator("..").evaluate("box => box.scrollTo(0, box.scrollHeight)")
    expect(owner.locator(f'a[href="/runs/{first}"]')).to_be_visible()


def test_a_run_that_is_not_there_is_told_so(owner):
    owner.goto("/runs/nothing-of-the-kind")

    expect(owner.get_by_text("This could not be loaded")).to_be_visible()
