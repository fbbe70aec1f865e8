"""What a page tells of itself: names and sizes are bounded, and addresses are its own."""

import pytest

from deftly.domain.page import page_of
from deftly.errors import InvalidRequest
from deftly.values import JsonObject, JsonValue

SHOP = "https://shop.example.com"


def test_everything_is_one_flat_set_of_values():
    given: JsonObject = {
        "url": f"{SHOP}/cart?step=2#pay",
        "title": "Cart",
        "values": {"items": 2, "sale": True, "sku": "B-7", "coupon": None, "total": 9.5},
    }

    assert page_of(given, SHOP) == {
        "url": f"{SHOP}/cart?step=2",
        "title": "Cart",
        "items": 2,
        "sale": True,
        "sku": "B-7",
        "coupon": None,
        "total": 9.5,
    }


@pytest.mark.parametrize("given", [{}, {"url": None, "title": "", "values": None}])
def test_a_page_may_tell_nothing(given):
    assert page_of(given, SHOP) == {}


ADDRESSES = {
    SHOP: SHOP,
    f"{SHOP}/": f"{SHOP}/",
    f"{SHOP}?q": f"{SHOP}?q",
    f"{SHOP}#x": SHOP,
    f"{SHOP}.evil.test/": None,
    f"{SHOP}:8443/": None,
    f"{SHOP}@evil.test/": None,
    "http://shop.example.com/": None,
    "javascript:alert(1)": None,
    "about:blank": None,
}


@pytest.mark.parametrize(("url", "kept"), ADDRESSES.items())
def test_an_address_of_elsewhere_is_left_out(url, kept):
    assert page_of({"url": url}, SHOP).get("url") == kept


def test_what_is_too_long_of_a_page_is_cut():
    page = page_of({"url": f"{SHOP}/{'x' * 3_000}", "title": "y" * 400}, SHOP)

    assert (len(str(page["url"])), len(str(page["title"]))) == (2_000, 300)


INVALID: list[JsonValue] = [
    "a page",
    None,
    [],
    {"more": 1},
    {"url": 1},
    {"title": ["x"]},
    {"values": "x"},
    {"values": {"url": "x"}},
    {"values": {"title": "x"}},
    {"values": {"__proto__": "x"}},
    {"values": {"a b": "x"}},
    {"values": {"a": {"b": 1}}},
    {"values": {"a": [1]}},
    {"values": {"a": "x" * 501}},
    {"values": {f"n{n}": n for n in range(21)}},
]


@pytest.mark.parametrize("given", INVALID, ids=lambda given: str(given)[:40])
def test_another_form_is_refused_by_its_name(given):
    with pytest.raises(InvalidRequest, match=r"^page"):
        page_of(given, SHOP)
