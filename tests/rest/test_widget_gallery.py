"""The samples: each can be stored as it is, and shows all of its example."""

import re

import pytest

from deftly.catalog.gallery import NAMES, gallery
from tests.rest.widget_kit import WIDGETS

GALLERY = f"{WIDGETS}/gallery"
# What the demo's API answers, of each kind of order.
ORDERS = [
    ({"status": "processing"}, "Cancel the order"),
    ({"status": "shipped", "carrier": "DHL", "tracking": "JD1", "eta": "2026-03-06"}, "JD1"),
    ({"status": "delivered", "delivered_on": "2026-03-01"}, "Return something"),
    ({"status": "cancelled"}, "Cancelled"),
]


def sample(name):
    return next(one for one in gallery() if one["name"] == name)


async def preview(api, name, **data):
    answer = await api.post(f"{WIDGETS}/preview", {"widget": sample(name), "data": data})
    told = answer.json()
    assert told["ok"], told
    return told


async def test_the_gallery_lists_the_samples(api):
    samples = (await api.get(GALLERY)).json()["widgets"]

    assert tuple(one["name"] for one in samples) == NAMES
    assert len(samples) == 7
    assert all(one["title"] and one["description"] for one in samples)


@pytest.mark.parametrize("name", NAMES)
async def test_a_sample_is_drawn_whole_with_its_example(api, name):
    told = await preview(api, name)

    assert told["problems"] == []
    assert "${" not in str(told["card"])
    for text in texts_in(sample(name)["exampleData"]):
        assert text in str(told["card"]), text


def texts_in(value):
    match value:
        case str():
            # What a button alone sends, and what is said in other words.
            if not re.fullmatch(r"P-\d+|shipped", value):
                yield value
        case dict():
            for one in value.values():
                yield from texts_in(one)
        case list():
            for one in value:
                yield from texts_in(one)
        case _:
            return


@pytest.mark.parametrize("name", NAMES)
async def test_a_sample_is_stored_with_an_action_that_takes_its_data(api, name):
    answer = await api.post(WIDGETS, sample(name))

    told = answer.json()
    assert answer.status_code == 200, told
    assert told["action"]["inputSchema"] == sample(name)["dataSchema"]
    assert all("there is no such action yet" in one["message"] for one in told["warnings"])


@pytest.mark.parametrize(("order", "said"), ORDERS)
async def test_an_order_card_says_nothing_that_the_shop_did_not(api, order, said):
    whole = {"order_id": "A-7", "placed_on": "2026-02-01", "total": 9, "currency": "EUR", **order}
    response = {**whole, "items": [{"name": "Steel Bottle", "quantity": 1}]}

    # As the handler merges them: the whole answer is there as response too.
    told = await preview(api, "order_card", **response, response=response)

    assert said in told["spoken"]
    assert "9.00 EUR" in told["spoken"]
    example = sample("order_card")["exampleData"]
    for name in ("carrier", "tracking", "eta"):
        if name not in order:
            assert example[name] not in told["spoken"]


async def test_a_carousel_of_nothing_says_so(api):
    told = await preview(api, "product_carousel", products=[])

    assert "Nothing was found" in told["spoken"]


async def test_a_product_that_is_sold_out_cannot_be_put_into_the_cart(api):
    product = {"id": "P-106", "name": "Kitchen Radio", "price": 54, "currency": "EUR"}

    gone = await preview(api, "product_carousel", products=[{**product, "in_stock": 0}])
    there = await preview(api, "product_carousel", products=[product])

    assert "Sold out" in gone["spoken"]
    assert "Add to cart" not in gone["spoken"]
    assert "Add to cart" in there["spoken"]
