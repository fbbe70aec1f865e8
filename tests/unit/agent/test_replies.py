import pytest

from deftly.agent.models.replies import Done, reply_to
from deftly.agent.models.smalltalk import Talk, answer_to, small_talk
from deftly.agent.models.spoken import abilities, asks_for, question_for
from deftly.agent.models.toolcard import ToolCard
from tests.unit.agent.shop import CANCEL, ORDERS, RETURN, SEARCH, SHOP, STATUS, schema


def told(content, tool=STATUS, arguments=None, outcome="success"):
    return reply_to(Done(tool, arguments or {"order_id": "A-1042"}, content, outcome))


def ok(data):
    return {"http_status": 200, "ok": True, "data": data}


def test_a_record_is_told_as_a_sentence_and_lines():
    data = {
        "order_id": "A-1042",
        "status": "IN_TRANSIT",
        "carrier": "DHL",
        "eta": "2026-12-01T10:00:00Z",
    }
    assert told(ok(data)) == "Order A-1042 is in transit.\n- Carrier: DHL\n- Eta: 2026-12-01 10:00"


def test_records_are_told_as_a_table():
    data = {"items": [{"name": "Trail", "price": 89.5}, {"name": "a|b", "price": None}], "total": 2}
    assert told(ok(data), SEARCH, {"query": "shoes"}) == (
        "I found 2:\n\n| Name | Price |\n| --- | --- |\n| Trail | 89.5 |\n| a\\|b | – |"
    )


def test_a_long_list_is_cut_and_counted():
    text = told(ok([{"n": n} for n in range(20)]), ORDERS, {})
    assert text.count("\n| ") == 2 + 8
    assert text.endswith("… and 12 more.")


@pytest.mark.parametrize("data", [[], {"items": []}, {"items": [], "total": 0}])
def test_nothing_found_is_said(data):
    assert told(ok(data), SEARCH, {}) == "Nothing was found."


def test_a_write_says_that_it_is_done():
    assert told(ok({"return_id": "R-1"}), RETURN) == (
        "Done: create a return.\n\nOrder A-1042:\n- Return id: R-1"
    )
    assert told(ok(None), CANCEL) == "Done: cancel the order."


@pytest.mark.parametrize(
    ("content", "outcome", "expected"),
    [
        (
            {"http_status": 404, "ok": False, "data": {"error": "no such order"}},
            "success",
            "I could not get the order status: the service does not know it (HTTP 404): no such",
        ),
        (
            {"http_status": 503, "ok": False, "data": "<html>"},
            "success",
            "the service failed (HTTP 503)",
        ),
        ({"exit_code": 2, "stdout": "", "stderr": "boom"}, "success", "ended with code 2: boom"),
        (
            "The target could not be reached.",
            "failed",
            "I could not get the order status: The target",
        ),
        (
            "order_id is too long.",
            "retried",
            "I could not get the order status: order_id is too long.",
        ),
        ("", "failed", "no reason was given"),
        ({"status": "denied"}, "success", "You said no"),
        ("anything", "denied", "You said no"),
        ("The person declined this call; nothing was sent.", "failed", "You said no"),
        (
            {"status": "confirm_required"},
            "success",
            "you have to confirm it; nothing has been sent",
        ),
        ("The person has not answered yet; nothing was sent.", "failed", "you have to confirm it"),
        ({"status": "unknown"}, "success", "cannot tell whether"),
        ({"status": "expired"}, "success", "has expired"),
    ],
)
def test_what_did_not_happen_is_told_honestly(content, outcome, expected):
    assert expected in told(content, outcome=outcome)


@pytest.mark.parametrize(
    "content", [{"a": {"b": [1, {"c": [[]]}]}}, "x" * 9000, "a\x1b[31mb", None, True, 3]
)
def test_no_answer_is_a_dump_or_endless(content):
    text = told(ok(content))
    assert len(text) <= 1502
    assert "{" not in text
    assert "\x1b" not in text


SMALL_TALK = [
    ("hello", Talk.GREETING),
    ("Hi there, how are you?", Talk.GREETING),
    ("thanks!", Talk.THANKS),
    ("Great, thank you so much for your help", Talk.THANKS),
    ("ok bye", Talk.FAREWELL),
    ("that's all for today", Talk.FAREWELL),
    ("What can you do?", Talk.ABOUT_YOU),
    ("are you a robot?", Talk.ABOUT_YOU),
    ("what’s your name", Talk.ABOUT_YOU),
    ("you are great", Talk.PRAISE),
    ("I love this shop", Talk.PRAISE),
    ("my order was great, thank you", Talk.PRAISE),
    ("never mind", Talk.BACKING_OUT),
    ("no thanks", Talk.BACKING_OUT),
]


@pytest.mark.parametrize(("text", "talk"), SMALL_TALK)
def test_small_talk_is_recognised(text, talk):
    assert small_talk(text) is talk


@pytest.mark.parametrize(
    "text",
    [
        "thanks, now cancel order A-7",
        "thank you, and where is A-1042",
        "I like the shoes but I want to return A-7",
        "hi, where is my order?",
        "cancel my order",
        "do you have shoes?",
        "help me return A-7",
        "",
    ],
)
def test_a_request_is_not_taken_for_small_talk(text):
    assert small_talk(text) is None


def test_it_says_that_it_is_a_preview_and_what_it_can_do():
    text = answer_to(Talk.GREETING, SHOP)
    assert text.startswith("Hello! I am Deftly's offline preview")
    assert "I can look up an order; search the shop's products" in text
    assert "nothing was done" in answer_to(Talk.BACKING_OUT, SHOP)


def test_many_actions_are_counted_and_none_is_said():
    tools = [ToolCard(f"get_{n}", "", schema([])) for n in "abcdefghij"]
    assert "and do 2 more things." in abilities(tools)
    assert abilities([]) == "No actions are set up yet."


def test_a_question_names_what_is_missing_and_knows_itself_again():
    text = question_for(RETURN, RETURN.parameters[:2])
    assert text == (
        "To create a return, please tell me the order number, such as A-1042, "
        "and why it is returned."
    )
    assert [tool.name for tool in SHOP if asks_for(text, tool)] == ["create_return"]
