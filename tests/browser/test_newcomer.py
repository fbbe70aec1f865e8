"""The first hour of somebody who writes no code: an action by hand, a question, an answer."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

from deftly.agent.models.providers import is_local_model_installed
from deftly.demo.running import RunningShop, sample_shop
from tests.agent.chat_kit import MODEL
from tests.agent.provider_server import Provider, calls
from tests.browser.given import dropped, operation
from tests.browser.newcomer import (
    add_input,
    ask,
    begin_action,
    create,
    go_to,
    retold,
    sign_in_by_link,
    type_into,
    type_sample,
)
from tests.browser.test_playground_models import provider_beside
from tests.live import Server, running_server

pytestmark = pytest.mark.slow

STATUS = ("get_order_status", {"order_id": "A-1042"})
RETURN = ("create_return", {"order_id": "A-1038", "reason": "too small"})


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[RunningShop]:
    with sample_shop(tmp_path / "shop") as running:
        yield running


@pytest.fixture
def provider() -> Iterator[Provider]:
    with provider_beside() as provider:
        yield provider


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The directory of a Deftly that has nothing yet."""
    return tmp_path / "deftly"


@pytest.fixture
def model() -> str:
    return MODEL


@pytest.fixture
def server(folder: Path, shop: RunningShop, provider: Provider, model: str) -> Iterator[Server]:
    settings = {"model": model, "model_base_url": provider.url if model == MODEL else ""}
    with running_server(folder, egress_allow=[f"127.0.0.1:{shop.port}"], **settings) as running:
        yield running


def begin_order_status(page: Page, shop: RunningShop) -> None:
    """Type in what looks up an order."""
    url = shop.url + "/orders/{{order_id}}"
    begin_action(page, "Get order status", "Looks up where an order is.", url)
    expect(page.get_by_text("The model sees get_order_status")).to_be_visible()
    add_input(page, 1, "order_id", "The number, such as A-1042")
    page.get_by_label("Run at once").check()


def test_an_action_made_by_hand_is_tried_saved_and_answers_a_question(
    page: Page, server: Server, shop: RunningShop, provider: Provider, folder: Path
) -> None:
    sign_in_by_link(page, server)
    begin_order_status(page, shop)

    type_sample(page, "order_id", "A-1042")
    page.get_by_role("button", name="Run test").click()
    expect(page.get_by_text("Worked")).to_be_visible()
    expect(page.get_by_role("tabpanel")).to_contain_text('"tracking": "JD014600003"')
    assert not list(folder.glob("actions/*"))
    create(page, "get_order_status")

    provider.replies[:] = [
        calls(STATUS),
        retold(provider, "Order {order_id} is {status}; {carrier} has it as {tracking}."),
    ]
    ask(page, "Where is my order A-1042?")
    expect(page.get_by_role("log")).to_contain_text(
        "Order A-1042 is shipped; DHL has it as JD014600003."
    )
    trace = page.get_by_role("complementary", name="Trace")
    expect(trace).to_contain_text(f"GET {shop.url}/orders/A-1042")
    (tool,) = json.loads(provider.asked[0].body)["tools"]
    assert tool["function"]["name"] == "get_order_status"
    assert tool["function"]["description"].startswith("Looks up where an order is.")
    assert tool["function"]["parameters"]["required"] == ["order_id"]


@pytest.mark.skipif(
    not is_local_model_installed(), reason="the local model exists for Linux x86_64 alone"
)
@pytest.mark.parametrize("model", ["local"])
def test_the_local_model_answers_with_an_action_made_by_hand(
    page: Page, server: Server, shop: RunningShop
) -> None:
    sign_in_by_link(page, server)
    begin_order_status(page, shop)
    create(page, "get_order_status")

    ask(page, "Where is my order A-1042?")

    expect(page.get_by_role("log")).to_contain_text("shipped", timeout=30_000)
    expect(page.get_by_role("log")).to_contain_text("JD014600003")


def test_a_write_made_by_hand_asks_is_confirmed_sent_once_and_recorded(
    page: Page, server: Server, shop: RunningShop, provider: Provider
) -> None:
    sign_in_by_link(page, server)
    begin_action(
        page, "Create return", "Sends an order back.", shop.url + "/returns", method="POST"
    )
    body = '{"order_id": "{{order_id}}", "reason": "{{reason}}"}'
    type_into(page.get_by_role("textbox", name="Body"), body)
    add_input(page, 1, "order_id", "The number, such as A-1038")
    add_input(page, 2, "reason", "Why it goes back", required=False)
    expect(page.get_by_label("Ask first")).to_be_checked()
    type_sample(page, "order_id", "A-1038")
    page.get_by_role("button", name="Dry run").click()
    expect(page.get_by_text("Nothing was sent.")).to_be_visible()
    create(page, "create_return")

    provider.replies[:] = [calls(RETURN), retold(provider, "Your return is {return_id}.")]
    ask(page, "I want to return A-1038, it is too small")
    card = page.get_by_role("region", name="Confirm create_return?")
    for said in ("POST", f"127.0.0.1:{shop.port}", "A-1038", "too small", "Nothing has been sent"):
        expect(card).to_contain_text(said)
    assert shop.shop.writes == 0
    card.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("log")).to_contain_text("Your return is R-501.")
    expect(card).to_have_count(0)

    go_to(page, "Runs")
    row = page.get_by_role("table", name="Runs", exact=True).locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("create_return")
    expect(row).to_contain_text("Succeeded")
    row.get_by_role("link", name="create_return").click()
    expect(page).to_have_url(re.compile("/runs/"))
    expect(page.get_by_role("main")).to_contain_text('"return_id": "R-501"')
    assert shop.shop.writes == 1
    (made,) = shop.shop.returns.values()
    assert (made["order_id"], made["reason"]) == ("A-1038", "too small")


def test_a_dropped_document_is_picked_from_reviewed_saved_and_called(
    page: Page, server: Server, shop: RunningShop, provider: Provider, folder: Path
) -> None:
    sign_in_by_link(page, server)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_text("Drop an OpenAPI file here")).to_be_visible()
    dropped(page, "shop.yaml", yaml.safe_dump(document(shop)))
    expect(page.get_by_text("3 of 3 selected")).to_be_visible()
    rows = page.get_by_role("row")
    expect(rows.filter(has_text="cancel_order")).to_contain_text("asks first")
    expect(rows.filter(has_text="get_order")).to_contain_text("runs at once")

    page.get_by_label("Method").select_option("writes")
    expect(rows.filter(has_text="get_order")).to_have_count(0)
    page.get_by_label("Select cancel_order").uncheck()
    page.get_by_label("Method").select_option("")
    rows.filter(has_text="get_order").press("Enter")
    type_into(page.get_by_label("Name", exact=True), "Find order")
    page.get_by_role("button", name="Done").click()
    assert not list(folder.glob("actions/*"))
    page.get_by_role("button", name="Save 2 actions").click()
    expect(page.get_by_text("2 actions added")).to_be_visible()
    page.get_by_role("button", name="Show all actions").click()
    expect(rows.filter(has_text="find_order")).to_have_count(1)
    expect(rows.filter(has_text="list_products")).to_have_count(1)
    expect(rows.filter(has_text="cancel_order")).to_have_count(0)

    rows.filter(has_text="find_order").get_by_role("link").click()
    type_sample(page, "order_id", "A-1042")
    page.get_by_role("button", name="Run test").click()
    expect(page.get_by_role("tabpanel")).to_contain_text('"tracking": "JD014600003"')
    provider.replies[:] = [
        calls(("find_order", {"order_id": "A-1042"})),
        retold(provider, "It is {status}, with {carrier}."),
    ]
    ask(page, "Where is my order A-1042?")
    expect(page.get_by_role("log")).to_contain_text("It is shipped, with DHL.")


def document(shop: RunningShop) -> dict[str, object]:
    """Return what the makers of the shop say of its API."""
    order = {"get": operation("getOrder", "order_id")}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": shop.url}],
        "paths": {
            "/orders/{order_id}": order,
            "/orders/{order_id}/cancel": {"post": operation("cancelOrder", "order_id")},
            "/products": {"get": operation("listProducts")},
        },
    }
