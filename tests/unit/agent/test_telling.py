"""What a model reads of a result that is longer than it should read."""

import pytest

from deftly.agent.telling import told
from deftly.domain.run import Outcome, Status
from deftly.values import JsonObject, JsonValue, dump_json

LIMIT = 20_000


def told_of(result):
    return told(Outcome(Status.SUCCEEDED, "r1", 1.0, result=result, has_result=True))


@pytest.mark.parametrize(
    "result", [None, 1, "x" * LIMIT, {"exit_code": 0, "stdout": "y" * LIMIT, "stderr": ""}, [[]]]
)
def test_what_is_short_enough_is_told_as_it_is(result):
    assert told_of(result) == result


def test_a_long_text_is_cut():
    assert told_of("x" * (LIMIT + 1)) == {"data": "x" * LIMIT, "truncated": True}


def test_each_text_of_a_command_is_cut_by_itself():
    result = {"exit_code": 3, "stdout": "y" * 65_536, "stderr": "why"}

    assert told_of(result) == {**result, "stdout": "y" * LIMIT, "truncated": True}


def test_other_long_json_is_cut_as_text():
    rows: list[JsonValue] = ["z" * 100] * 2_000
    result: JsonObject = {"rows": rows}

    assert told_of(result) == {"data": dump_json(result).decode()[:LIMIT], "truncated": True}
