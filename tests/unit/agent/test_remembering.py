"""What a model reads of a conversation: whole turns, and no more of old results than is needed."""

import pytest
from pydantic_ai.messages import (
    ModelRequest,
    ModelResponse,
    TextPart,
    ToolCallPart,
    ToolReturnPart,
    UserPromptPart,
    repair_messages,
)

from deftly.agent.events import ConfirmationAsked, TextDelta, ToolAnswered, ToolCalled, TurnFailed
from deftly.agent.remembering import RESULT_CHARACTERS, read_rows, rows_of
from deftly.agent.salvage import history_of
from deftly.agent.telling import WAITING
from deftly.domain.run import Question


def turn(number, result="short"):
    return [
        ModelRequest(parts=[UserPromptPart(f"question {number}")], instructions="Be brief."),
        ModelResponse(parts=[ToolCallPart("look", {}, f"c{number}")]),
        ModelRequest(parts=[ToolReturnPart("look", result, f"c{number}")]),
        ModelResponse(parts=[TextPart("answer")]),
    ]


def results(messages):
    parts = [part for message in messages for part in message.parts]
    return [str(part.content) for part in parts if isinstance(part, ToolReturnPart)]


def test_a_turn_comes_back_as_it_was_without_the_instructions_of_its_day():
    (row,) = rows_of(turn(1))

    assert row.asked
    assert "Be brief." not in row.messages
    assert [type(one) for one in read_rows([row])] == [type(one) for one in turn(1)]


def test_nothing_is_no_row():
    assert rows_of([]) == ()


def test_an_answer_to_a_question_does_not_begin_a_turn():
    (row,) = rows_of([ModelRequest(parts=[ToolReturnPart("look", "x", "c1")])])

    assert not row.asked


def test_long_results_are_shortened_in_all_turns_but_the_last():
    long = "x" * (RESULT_CHARACTERS + 500)
    read = read_rows([row for number in range(3) for row in rows_of(turn(number, long))])

    first, second, last = results(read)
    assert len(first) == len(second) < RESULT_CHARACTERS + 50
    assert first.endswith("… (500 more characters)")
    assert last == long


LOOKED = ToolCalled("a", "look", {"id": 1})
FOUND = ToolAnswered("a", "look", {"found": True}, failed=False)
WROTE = ToolCalled("b", "write", {"id": 2})
ASKED = ConfirmationAsked("b", "write", {}, Question("q", "2026", {}, "u"))


@pytest.mark.parametrize(
    ("seen", "returned"),
    [
        ([], []),
        ([TextDelta("Let me "), TextDelta("see")], []),
        ([LOOKED, FOUND], ["{'found': True}"]),
        ([LOOKED, WROTE, FOUND, ASKED], ["{'found': True}", WAITING]),
        ([LOOKED, FOUND, WROTE], ["{'found': True}", WAITING]),
        ([LOOKED], [WAITING]),
        ([TextDelta("Hm. "), LOOKED, FOUND, TextDelta("It is"), TurnFailed("x", "y")], None),
    ],
)
def test_a_turn_that_broke_off_has_a_result_for_every_call(seen, returned):
    history = history_of("hello?", seen)

    if returned is not None:
        assert results(history) == returned
    calls = [p for one in history for p in one.parts if isinstance(p, ToolCallPart)]
    assert len(calls) == len(results(history))
    texts = [p.content for one in history for p in one.parts if isinstance(p, TextPart)]
    assert "".join(texts) == "".join(one.text for one in seen if isinstance(one, TextDelta))
    # The framework finds nothing to repair.
    assert repair_messages(history) == history


def test_steps_stay_apart():
    history = history_of(None, [LOOKED, FOUND, WROTE])

    kinds = [type(one) for one in history]
    assert kinds == [ModelResponse, ModelRequest, ModelResponse, ModelRequest]
