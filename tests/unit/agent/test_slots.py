from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deftly.agent.models.slots import fill, fits, read_reply
from deftly.agent.models.toolcard import ToolCard
from deftly.values import JsonObject
from tests.unit.agent.shop import ORDERS, PRODUCT, RETURN, SEARCH, SHOP, STATUS, schema

MONDAY = date(2026, 11, 23)
TEXT: JsonObject = {"type": "string"}


def arguments(tool, text, suggested=None):
    return fill(tool, text, MONDAY, suggested).arguments


def one(schema_of_it, text, name="value", *, required=True):
    tool = ToolCard("t", "", schema([name] if required else [], **{name: schema_of_it}))
    return arguments(tool, text).get(name)


@pytest.mark.parametrize(
    ("tool", "text", "expected"),
    [
        (STATUS, "Where is my order A-1042?", {"order_id": "A-1042"}),
        (STATUS, "order number 1042 please", {"order_id": "1042"}),
        (STATUS, "where is #88", {"order_id": "88"}),
        (
            SEARCH,
            "Do you have running shoes under 100 dollars?",
            {"query": "running shoes", "max_price": 100},
        ),
        (SEARCH, "I'm looking for a red rain jacket", {"query": "red rain jacket"}),
        (SEARCH, "show me hats for kids below $20", {"query": "hats for kids", "max_price": 20}),
        (SEARCH, 'find "blue suede shoes"', {"query": "blue suede shoes"}),
        (SEARCH, "shoes over 100 dollars", {"query": "shoes"}),
        (PRODUCT, "how much is P-200", {"product_id": "P-200"}),
        (ORDERS, "orders of Bob.Smith@mail.example please", {"email": "Bob.Smith@mail.example"}),
        (
            RETURN,
            "return A-7 because it is too small",
            {"order_id": "A-7", "reason": "it is too small"},
        ),
        (
            RETURN,
            "refund A-7, the zipper is broken",
            {"order_id": "A-7", "reason": "the zipper is broken"},
        ),
        (RETURN, "I want to return my order A-7", {"order_id": "A-7"}),
    ],
)
def test_the_sample_shop_is_filled_from_plain_sentences(tool, text, expected):
    assert arguments(tool, text) == expected


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        ({"enum": ["too_small", "damaged", "other"]}, "it was too small", "too_small"),
        ({"enum": ["damaged", "other"]}, "it arrived broken", "damaged"),
        ({"enum": ["Riverside", "Downtown"]}, "the downtown one", "Downtown"),
        ({"enum": ["red", "green"]}, "in blue", None),
        ({"type": "integer"}, "I need three of them", 3),
        ({"type": "integer"}, "about 2.5 of them", None),
        ({"type": "integer", "maximum": 10}, "50 pieces", None),
        ({"type": ["integer", "null"]}, "4 please", 4),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "4 please", 4),
        ({**TEXT, "format": "date"}, "on March 5", "2027-03-05"),
        ({**TEXT, "format": "uri"}, "open https://a.example/x now", "https://a.example/x"),
        ({**TEXT, "format": "email"}, "no address in here", None),
        ({**TEXT, "pattern": "^[A-Z]{3}$"}, 'call it "ABC"', "ABC"),
        ({**TEXT, "pattern": "^[A-Z]{3}$"}, 'call it "abc"', None),
        (
            {"type": "array", "items": {**TEXT, "format": "email"}},
            "a@x.example and b@x.example",
            ["a@x.example", "b@x.example"],
        ),
        ({"type": "object"}, "anything", None),
    ],
)
def test_a_value_with_a_shape_is_taken_only_if_it_fits(parameter, text, value):
    assert one(parameter, text) == value


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("reason", "because the strap broke.", "the strap broke"),
        ("city", "what is on in New York today", "New York"),
        ("recipient", "write to Jane Miller", "Jane Miller"),
        ("message", "tell them that says I am late", "I am late"),
        ("color", "make the color blue", "blue"),
        ("gift_wrap", "gift wrap: no", None),
    ],
)
def test_a_text_without_a_shape_is_found_by_its_cue(name, text, value):
    assert one(TEXT, text, name) == value


@pytest.mark.parametrize(
    ("text", "value"), [("with gift wrap", True), ("no gift wrap", False), ("ship it", None)]
)
def test_a_flag_is_set_only_when_it_is_spoken_of(text, value):
    assert one({"type": "boolean"}, text, "gift_wrap") is value


def test_two_limits_do_not_swap_their_numbers():
    tool = ToolCard(
        "search", "", schema([], min_price={"type": "number"}, max_price={"type": "number"})
    )
    assert arguments(tool, "over 20 but under 50 euros") == {"min_price": 20, "max_price": 50}


def test_two_identifiers_go_by_the_word_before_them():
    tool = ToolCard("swap", "", schema([], order_id=TEXT, product_id=TEXT))
    text = "put product 77-1 into order 42-9"
    assert arguments(tool, text) == {"order_id": "42-9", "product_id": "77-1"}


def test_the_engine_is_believed_only_where_the_text_says_the_same():
    grounded = arguments(
        RETURN, "return A-7, too small for me", {"reason": "too small", "item": "shirt"}
    )
    assert grounded == {"order_id": "A-7", "reason": "too small"}
    assert arguments(STATUS, "where is my order", {"order_id": "A-1042"}) == {}


@pytest.mark.parametrize(
    ("name", "parameter", "text", "value"),
    [
        ("order_id", TEXT, "A-1042", "A-1042"),
        ("order_id", TEXT, "it's number 1042.", "1042"),
        ("order_id", TEXT, "I don't know", None),
        ("email", {**TEXT, "format": "email"}, "sure, ann@x.example", "ann@x.example"),
        ("email", {**TEXT, "format": "email"}, "I have none", None),
        ("reason", TEXT, "too small", "too small"),
        ("reason", TEXT, "Because it is too small.", "it is too small"),
        ("quantity", {"type": "integer"}, "two please", 2),
        ("quantity", {"type": "integer"}, "a lot", None),
        ("name", TEXT, "my name is jane", "jane"),
        ("query", TEXT, "red shoes", "red shoes"),
    ],
)
def test_a_reply_may_be_the_bare_value(name, parameter, text, value):
    tool = ToolCard("t", "", schema([name], **{name: parameter}))
    assert read_reply(tool.parameters[0], text, MONDAY) == value


def test_a_catastrophic_pattern_ends_at_once():
    assert not fits({"type": "string", "pattern": "^(?=(a+)+$)b"}, "a" * 200 + "!")


def test_a_schema_that_points_elsewhere_lets_the_engine_decide_later():
    assert fits({"$ref": "#/$defs/x"}, "anything")


@given(st.text(max_size=120), st.sampled_from(SHOP))
def test_whatever_is_written_the_arguments_are_declared_and_valid(text, tool):
    filled = fill(tool, text, MONDAY)
    declared = {each.name: each for each in tool.parameters}
    assert all(fits(declared[name].schema, value) for name, value in filled.arguments.items())
    missing = {each.name for each in filled.missing}
    assert missing == {n for n, p in declared.items() if p.required} - filled.arguments.keys()
