"""Case files: every form they may have, and how one that is wrong is refused."""

import pytest

from deftly.agent.evaluation.reading import read_cases
from deftly.agent.evaluation.running import check_cases
from deftly.agent.evaluation.standin import compile_actions
from deftly.errors import DeftlyError, InvalidDefinition, InvalidRequest
from tests.agent.evaluation_kit import ACTIONS, written

SAID = "where is A-1?"


def checked(file):
    cases = read_cases(file)
    check_cases(cases, compile_actions(cases.actions or ()))


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ({"id": "s1", "say": "x", "calls": [{"tool": "nope"}]}, "s1: there is no action nope"),
        (
            {"id": "s2", "say": "x", "calls": [{"tool": "get_order", "arguments": {"id": 1}}]},
            "s2: get_order has no argument id; it has order_id.",
        ),
        ({"id": "s3", "say": "x", "asks": "colour"}, "s3: no action has an argument colour"),
        ({"id": "s4", "say": "x"}, "s4: it says nothing about what is right"),
        ({"id": "s5", "calls": []}, "s5: say is missing"),
        ({"id": "s6", "say": "x", "call": []}, "s6: it has the key call; did you mean calls?"),
        ({"say": "x", "calls": [7]}, "case 1: a call must be a mapping"),
        ({"say": "x", "asks": "order_id", "then": "A-1"}, "case 1: then must be a mapping"),
        ("x", "case 1: it is no mapping"),
    ],
)
def test_a_case_that_can_never_be_right_is_refused_by_its_id(folder, case, sentence):
    file = written(folder, cases=[case])
    with pytest.raises(InvalidRequest) as refusal:
        checked(file)
    assert sentence in refusal.value.message


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.yaml", "cases: []", "cases is missing or empty"),
        ("a.yaml", "cases: [", "a.yaml"),
        ("a.json", "{", "a.json"),
        ("a.json", "7", "neither a mapping"),
        ("a.jsonl", '{"say": "x", "tool": null}\n{', "a.jsonl"),
        ("a.yaml", "today: soon\ncases: [{say: x, calls: []}]", "write it as 2026-03-10"),
        ("a.yaml", "cases: [{id: 1, say: x, calls: []}, {id: 1, say: y, calls: []}]", "two cases"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(folder, name, text, sentence):
    (folder / name).write_text(text)
    with pytest.raises(InvalidRequest) as refusal:
        read_cases(folder / name)
    assert sentence in refusal.value.message


def test_an_action_that_can_never_work_is_named():
    with pytest.raises(InvalidDefinition) as refusal:
        compile_actions([{"name": "x"}])
    assert "The action x cannot be used" in refusal.value.message
    with pytest.raises(DeftlyError, match="Two actions"):
        compile_actions([ACTIONS[0], ACTIONS[0]])


CALL = '{"tool": "get_order", "arguments": {"order_id": "A-1"}}'
ITEM = f'"utterance": "{SAID}", "tool": "get_order", "arguments": {{"order_id": "A-1"}}'
SAME = [
    ("a.json", f'[{{{ITEM}}}, {{"text": "hi", "tool": null}}]'),
    ("a.yaml", f"# a list\n- {{say: '{SAID}', expected: {CALL}}}\n- {{say: hi, expected: {{}}}}\n"),
    ("a.jsonl", f'{{"text": "{SAID}", "expected": {CALL}}}\n\n{{"say": "hi", "calls": []}}\n'),
    ("a.yaml", f"cases:\n- {{say: '{SAID}', calls: [{CALL}]}}\n- {{say: hi, expected: null}}\n"),
    ("a.yaml", f"---\n[{{question: '{SAID}', calls: [{CALL}]}}, {{say: hi, action: null}}]\n"),
]


@pytest.mark.parametrize(("name", "text"), SAME)
def test_lists_of_others_are_read_as_well(folder, name, text):
    (folder / name).write_text(text)
    first, second = read_cases(folder / name).cases
    assert first.first.calls
    assert (first.first.say, first.first.calls[0].arguments) == (
        "where is A-1?",
        {"order_id": "A-1"},
    )
    assert first.first.calls[0].tool.lower() == "get_order"
    assert (second.first.say, second.first.calls) == ("hi", ())
