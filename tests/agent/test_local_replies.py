"""What the local model makes of answers that come in all shapes: words, never a dump."""

import json

import pytest

from deftly.agent.models.replies import Done, reply_to
from deftly.values import JsonObject
from tests.unit.agent.shop import ORDERS, STATUS

ROWS = [{"id": n, "name": f"Item {n}", "tags": ["a", "b"], "maker": {"city": "Kyiv"}} for n in "12"]
LONG = json.dumps([{"id": n, "note": "n" * 50} for n in range(900)])


def told(data, tool=ORDERS, status=200):
    content = {"http_status": status, "ok": status < 400, "data": data}
    return reply_to(Done(tool, {"order_id": "A-1"}, content, "success"))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ([], "Nothing was found."),
        ({"results": [], "total": 0}, "Nothing was found."),
        ("", "nothing to show"),
        (ROWS, "| Id | Name |"),
        ({"items": ROWS, "page": 1}, "I found 2:"),
        ([[1, 2], [3, 4]], "- 1, 2\n- 3, 4"),
        ({"order": {"id": 7, "lines": ROWS}}, "Order"),
        (LONG[:20_000], "I found 268:"),
        (LONG[:20_000], "too long to be read to its end"),
        ("<!DOCTYPE html><html><body>Hello</body></html>", "a page for browsers"),
        ("All good.", "All good."),
    ],
)
def test_an_answer_is_told_in_words_or_a_short_table(data, expected):
    text = told(data)
    assert expected in text
    assert len(text) <= 1502
    assert "{" not in text
    assert "[" not in text


@pytest.mark.parametrize(
    ("status", "data", "expected"),
    [
        (404, {"message": "no such order"}, "no such order"),
        (409, {"error": {"message": "already shipped"}}, "already shipped"),
        (500, "<html><body>" + "x" * 30_000, "HTTP 500"),
        (429, None, "too many requests"),
    ],
)
def test_an_error_says_what_was_not_done_and_why(status, data, expected):
    text = told(data, STATUS, status)
    assert text.startswith("I could not get the order status: ")
    assert expected in text
    assert len(text) < 600
    assert "<" not in text


SEES = "The person sees the card Order: Order A-1\nStatus: shipped"


@pytest.mark.parametrize(
    ("content", "arguments", "expected"),
    [
        ({"data": {"status": "shipped"}}, {"order_id": "A-1"}, "Here is Order A-1: shipped."),
        ({"data": {"status": "shipped"}}, {}, "Here is what I found."),
        ({"data": ROWS}, {"query": "shoes"}, "Here is what I found."),
        (SEES, {"order_id": "A-1"}, "Here is Order A-1."),
        (SEES, {}, "Here it is."),
    ],
)
def test_what_is_seen_on_a_card_is_not_told_once_more(content, arguments, expected):
    if isinstance(content, dict):
        content = {"http_status": 200, "ok": True, **content, "shown": SEES}

    assert reply_to(Done(ORDERS, arguments, content, "success")) == expected


def test_a_card_that_could_not_be_shown_is_told_in_words():
    content: JsonObject = {
        "http_status": 200,
        "ok": True,
        "data": {"status": "shipped"},
        "shown": "The card could not be shown; the person sees nothing of this but your words.",
    }

    assert "shipped" in reply_to(Done(ORDERS, {"order_id": "A-1"}, content, "success"))
