"""What JSON does not have is refused, wherever it hides."""

import math

import pytest

from deftly.values import NotJsonError, canonical_json, depth_of, dump_json


@pytest.mark.parametrize("hidden", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("dump", [dump_json, canonical_json])
def test_a_number_that_json_does_not_have_is_refused(dump, hidden):
    for value in (
        hidden,
        [None, hidden],
        {"a": {"b": [1.5, hidden]}},
        {"big": 1 << 70, "x": hidden},
    ):
        with pytest.raises(NotJsonError):
            dump(value)


def test_null_and_the_word_null_are_written():
    assert dump_json({"a": None, "b": "null", "c": [1.5]}) == b'{"a":null,"b":"null","c":[1.5]}'


@pytest.mark.parametrize(
    ("value", "depth"), [(1, 0), ([], 1), ({}, 1), ([1], 1), ({"a": []}, 2), ([[[1]], 1], 3)]
)
def test_depth_counts_empty_arrays_and_objects(value, depth):
    assert depth_of(value) == depth
