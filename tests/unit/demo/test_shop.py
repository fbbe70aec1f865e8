from datetime import date, timedelta

import pytest
from starlette.testclient import TestClient

from deftly.demo.shop import open_shop
from deftly.demo.site import ShopFront, shop_app
from deftly.demo.stock import PRODUCTS

TODAY = date(2026, 3, 2)


@pytest.fixture
def shop():
    return open_shop(TODAY)


@pytest.fixture
def client(shop):
    return TestClient(shop_app(shop, ShopFront()))


def test_an_order_tells_its_carrier_and_when_it_arrives(client):
    order = client.get("/orders/A-1042").json()

    assert order["status"] == "shipped"
    assert order["carrier"] == "DHL"
    assert order["eta"] == (TODAY + timedelta(days=2)).isoformat()
    assert order["total"] == pytest.approx(89.90 + 2 * 24.50)


@pytest.mark.parametrize("spelling", ["a-1042", "%23A-1042"])
def test_an_order_is_found_however_its_number_is_written(client, spelling):
    assert client.get(f"/orders/{spelling}").json()["order_id"] == "A-1042"


def test_orders_are_listed_by_email(client):
    listed = client.get("/orders", params={"email": "Ana@Example.com"}).json()

    assert listed["count"] == 4
    assert {order["email"] for order in listed["orders"]} == {"ana@example.com"}


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ({"query": "shoes"}, ["P-102", "P-101", "P-103"]),
        ({"query": "shoes", "max_price": "100"}, ["P-102", "P-101"]),
        ({"query": "shoes", "max_price": ""}, ["P-102", "P-101", "P-103"]),
        ({"query": "headphones"}, ["P-105", "P-104"]),
        ({"query": "waterproof jacket"}, ["P-107"]),
        ({"query": "submarine"}, []),
    ],
)
def test_products_are_found_by_words_and_price(client, params, expected):
    answer = client.get("/products", params=params).json()

    assert [product["id"] for product in answer["products"]] == expected


def test_a_long_list_is_cut_and_says_how_many_there_are(client):
    answer = client.get("/products", params={"query": ""}).json()

    assert len(answer["products"]) == 5
    assert answer["count"] == len(PRODUCTS)


def test_an_order_that_has_not_left_can_be_cancelled(client, shop):
    answer = client.post("/orders/A-1043/cancel")

    assert answer.json()["status"] == "cancelled"
    assert client.get("/orders/A-1043").json()["status"] == "cancelled"
    assert shop.writes == 1


def test_a_return_gets_a_number_and_can_be_looked_up(client, shop):
    answer = client.post("/returns", json={"order_id": "A-1038", "reason": "too small"})

    assert answer.status_code == 201
    made = answer.json()
    assert made["items"] == ["P-108"]
    assert client.get(f"/returns/{made['return_id']}").json() == made
    assert shop.writes == 1


@pytest.mark.parametrize(
    ("request_line", "body", "status", "code"),
    [
        ("GET /orders/A-9999", None, 404, "order_not_found"),
        ("GET /orders", None, 400, "email_missing"),
        ("GET /products/P-999", None, 404, "product_not_found"),
        ("GET /products?max_price=cheap", None, 400, "max_price_unusable"),
        ("GET /returns/R-1", None, 404, "return_not_found"),
        ("GET /nowhere", None, 404, "no_such_route"),
        ("DELETE /orders/A-1042", None, 405, "no_such_route"),
        ("POST /orders/A-9999/cancel", None, 404, "order_not_found"),
        ("POST /orders/A-1042/cancel", None, 409, "already_shipped"),
        ("POST /orders/A-1038/cancel", None, 409, "already_delivered"),
        ("POST /orders/A-1031/cancel", None, 409, "already_cancelled"),
        ("POST /returns", b"{", 400, "not_json"),
        ("POST /returns", b"[]", 400, "not_an_object"),
        ("POST /returns", b"{}", 422, "order_id_missing"),
        ("POST /returns", b'{"order_id": "A-9999"}', 404, "order_not_found"),
        ("POST /returns", b'{"order_id": "A-1043"}', 409, "not_shipped"),
        ("POST /returns", b'{"order_id": "A-1031"}', 409, "already_cancelled"),
        ("POST /returns", b'{"order_id": "A-1038", "product_id": "P-1"}', 409, "not_in_order"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_reason_and_changes_nothing(
    client, shop, request_line, body, status, code
):
    method, path = request_line.split()
    answer = client.request(method, path, content=body)

    assert answer.status_code == status
    assert answer.json()["error"] == code
    assert answer.json()["message"]
    assert shop.writes == 0


def test_an_order_is_returned_only_once(client, shop):
    client.post("/returns", json={"order_id": "A-1038"})

    again = client.post("/returns", json={"order_id": "A-1038"})

    assert again.status_code == 409
    assert again.json()["error"] == "already_returned"
    assert shop.writes == 1


def test_a_return_after_the_window_is_refused():
    shop = open_shop(TODAY)
    shop.today = TODAY + timedelta(days=40)

    answer = TestClient(shop_app(shop, ShopFront())).post("/returns", json={"order_id": "A-1038"})

    assert answer.json()["error"] == "too_late"
