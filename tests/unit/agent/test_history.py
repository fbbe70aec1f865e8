from pydantic_ai.messages import (
    ModelRequest,
    ModelResponse,
    TextPart,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
)
from pydantic_ai.tools import ToolDefinition

from deftly.agent.models.history import card_of, read_turn
from deftly.agent.models.planner import Spoken
from tests.unit.agent.shop import CANCEL, SHOP, STATUS

CALL = ToolCallPart("get_order_status", {"order_id": "A-1"}, tool_call_id="c1")


def asks(text):
    return ModelRequest([UserPromptPart(text)])


def says(text):
    return ModelResponse([TextPart(text)])


def returns(content, **fields):
    return ToolReturnPart("get_order_status", content, tool_call_id="c1", **fields)


def test_earlier_messages_are_kept_apart_from_the_last_one():
    turn = read_turn([asks("one"), says("two"), asks("three")], SHOP)
    assert turn.earlier == (Spoken(by_person=True, text="one"), Spoken(by_person=False, text="two"))
    assert (turn.text, turn.calls, turn.news, turn.answered) == ("three", 0, (), False)


def test_a_result_is_told_with_the_call_it_belongs_to():
    messages = [asks("where"), ModelResponse([CALL]), ModelRequest([returns({"ok": True})])]
    (done,) = read_turn(messages, SHOP).news
    assert (done.tool, done.arguments, done.content) == (STATUS, {"order_id": "A-1"}, {"ok": True})


def test_what_has_been_told_is_not_told_again():
    messages = [
        asks("where"),
        ModelResponse([CALL]),
        ModelRequest([returns("x")]),
        says("there"),
        asks("and now?"),
    ]
    turn = read_turn(messages, SHOP)
    assert turn.news == ()
    assert turn.calls == 0


def test_a_call_closed_by_a_new_message_does_not_answer_for_it():
    waiting = returns("The person has not answered yet; nothing was sent.", outcome="failed")
    turn = read_turn(
        [asks("where"), ModelResponse([CALL]), ModelRequest([waiting, UserPromptPart("hello")])],
        SHOP,
    )
    assert (turn.text, turn.news) == ("hello", ())


def test_a_late_outcome_is_news_and_no_message_of_the_person():
    note = '(The earlier call of cancel_order was answered. Its result: {"ok":true})'
    turn = read_turn([asks("cancel"), says("…"), asks(note)], SHOP)
    (done,) = turn.news
    assert (done.tool, done.content) == (CANCEL, {"ok": True})
    assert turn.answered


def test_a_tool_that_is_gone_is_still_told_about():
    messages = [asks("x"), ModelResponse([CALL]), ModelRequest([returns("y")])]
    (done,) = read_turn(messages, ()).news
    assert done.tool.name == "get_order_status"


def test_similes_and_example_questions_come_with_the_metadata():
    card = card_of(
        ToolDefinition(
            name="t", metadata={"similes": ["A", 1], "examples": [{"question": "Q?"}, {}, "odd"]}
        )
    )
    assert (card.similes, card.questions) == (("A",), ("Q?",))
    assert card_of(ToolDefinition(name="t")).similes == ()
