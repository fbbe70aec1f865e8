"""The shop's page as a browser would ask for it, and what can be bought through it."""

import re
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient

from deftly.demo.shop import open_shop
from deftly.demo.site import Assistant, ShopFront, shop_app
from deftly.demo.stock import PRODUCTS

TODAY = date(2026, 3, 2)


@pytest.fixture
def shop():
    return open_shop(TODAY)


@pytest.fixture
def front():
    return ShopFront()


@pytest.fixture
def client(shop, front):
    return TestClient(shop_app(shop, front), base_url="http://127.0.0.1:8485")


def test_the_page_brings_only_what_the_shop_itself_serves(client):
    page = client.get("/")

    linked = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(linked) > 5
    for path in linked:
        assert path.startswith("/")
        assert client.get(path).status_code == 200
    assert "embed.js" not in page.text


def test_the_page_gets_its_assistant_by_one_tag_and_its_policy_names_nobody_else(client, front):
    front.assistant = Assistant("http://127.0.0.1:9999", "pk_of_the_assistant_1")

    page = client.get("/")

    tag = '<script src="http://127.0.0.1:9999/embed.js" data-agent="pk_of_the_assistant_1" defer>'
    assert tag in page.text
    policy = dict(
        part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert policy["frame-src"] == "http://127.0.0.1:9999"
    for kind in ("script-src", "connect-src"):
        assert policy[kind] == "'self' http://127.0.0.1:9999"
    assert "unsafe" not in page.headers["content-security-policy"]


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_product_has_a_picture_that_any_page_can_name(client, product):
    address = client.get(f"/products/{product}").json()["picture"]

    assert address == f"http://127.0.0.1:8485/pictures/{product}.svg"
    drawn = client.get(address)
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert ET.fromstring(drawn.text).tag.endswith("svg")  # noqa: S314 - a file of ours


@pytest.mark.parametrize(
    "path",
    [
        "/storefront/nothing.js",
        "/storefront/pictures",
        "/storefront/..%2Fshop.py",
        "/storefront/%2e%2e%2fstock.py",
        "/pictures/P-999.svg",
        "/pictures/..%2Fmark.svg",
        "/pictures/P-101.png",
    ],
)
def test_nothing_but_the_files_of_the_page_is_served(client, path):
    assert client.get(path).status_code == 404


def test_an_order_that_is_placed_is_found_like_any_other(client, shop):
    items = [{"product_id": "P-101", "quantity": 1}, {"product_id": "P-112", "quantity": 2}]

    placed = client.post("/orders", json={"email": " Eve@Example.com ", "items": items})

    assert placed.status_code == 201
    order = client.get(f"/orders/{placed.json()['order_id']}").json()
    assert order == placed.json()
    assert (order["email"], order["status"]) == ("eve@example.com", "processing")
    assert order["total"] == pytest.approx(138.90)
    assert shop.writes == 1
    assert client.get("/orders", params={"email": "eve@example.com"}).json()["count"] == 1


@pytest.mark.parametrize(
    ("items", "status", "code"),
    [
        ([], 422, "items_missing"),
        (None, 422, "items_missing"),
        (["P-101"], 422, "item_unusable"),
        ([{"product_id": "P-101"}], 422, "item_unusable"),
        ([{"product_id": "P-101", "quantity": "1"}], 422, "item_unusable"),
        ([{"product_id": "P-101", "quantity": True}], 422, "item_unusable"),
        ([{"product_id": "P-101", "quantity": 0}], 422, "quantity_unusable"),
        ([{"product_id": "P-101", "quantity": -1}], 422, "quantity_unusable"),
        ([{"product_id": "P-109", "quantity": 100}], 422, "quantity_unusable"),
        ([{"product_id": "P-999", "quantity": 1}], 404, "product_not_found"),
        ([{"product_id": "P-106", "quantity": 1}], 409, "not_in_stock"),
        ([{"product_id": "P-114", "quantity": 1}] * 3, 409, "not_in_stock"),
    ],
)
def test_an_order_the_shop_cannot_fill_is_refused_and_changes_nothing(
    client, shop, items, status, code
):
    answer = client.post("/orders", json={"email": "eve@example.com", "items": items})

    assert (answer.status_code, answer.json()["error"]) == (status, code)
    assert shop.writes == 0


@pytest.mark.parametrize(
    ("limit", "shown"), [("", 5), ("2", 2), ("50", 15), ("9999", 15), ("-3", 0), ("1e9", 15)]
)
def test_a_list_is_as_long_as_it_is_asked_for(client, limit, shown):
    told = client.get("/products", params={"limit": limit}).json()

    assert (len(told["products"]), told["count"]) == (shown, 15)


@pytest.mark.parametrize("text", ["many", "nan", "inf"])
def test_a_number_that_is_none_is_refused(client, text):
    answer = client.get("/products", params={"limit": text})

    assert (answer.status_code, answer.json()["error"]) == (400, "limit_unusable")
