import pytest

from deftly.cli.arguments import read_arguments
from deftly.errors import InvalidArguments
from deftly.values import JsonObject

SCHEMA: JsonObject = {
    "type": "object",
    "properties": {
        "text": {"type": "string"},
        "count": {"type": "integer"},
        "price": {"type": "number"},
        "open": {"type": "boolean"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "sizes": {"type": "array", "items": {"type": "integer"}},
        "address": {"type": "object"},
        "maybe": {"type": ["integer", "null"]},
        "either": {"anyOf": [{"type": "number"}, {"type": "string"}]},
        "level": {"enum": [1, 2]},
        "colour": {"enum": ["red", "blue"]},
        "anything": {},
        "plain": True,
    },
}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["text=5"], {"text": "5"}),
        (["text="], {"text": ""}),
        (["text=a=b"], {"text": "a=b"}),
        (["count=5"], {"count": 5}),
        (["count=-5"], {"count": -5}),
        (["count=123456789012345678901234567890"], {"count": 123456789012345678901234567890}),
        (["price=5"], {"price": 5}),
        (["price=5.5"], {"price": 5.5}),
        (["open=yes"], {"open": True}),
        (["open=False"], {"open": False}),
        (["tags=a"], {"tags": ["a"]}),
        (["tags=a", "tags=b"], {"tags": ["a", "b"]}),
        (['tags=["a", "b"]'], {"tags": ["a", "b"]}),
        (["sizes=38", "sizes=39"], {"sizes": [38, 39]}),
        (['address={"city": "Graz"}'], {"address": {"city": "Graz"}}),
        (["maybe=null"], {"maybe": None}),
        (["maybe=3"], {"maybe": 3}),
        (["either=3"], {"either": 3}),
        (["either=three"], {"either": "three"}),
        (["level=2"], {"level": 2}),
        (["colour=red"], {"colour": "red"}),
        (["anything=5"], {"anything": "5"}),
        (["anything:=5"], {"anything": 5}),
        (["plain=x"], {"plain": "x"}),
        (["text:=null"], {"text": None}),
        ([], {}),
    ],
)
def test_words_become_the_values_the_schema_wants(words, expected):
    read = read_arguments(words, SCHEMA)

    assert read == expected
    assert [type(value) for value in read.values()] == [type(value) for value in expected.values()]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["count=five"], "count must be a whole number, not 'five'."),
        (["count=true"], "count must be a whole number"),
        (["price=NaN"], "price must be a number"),
        (["price=1e999"], "price must be a number"),
        (["open=perhaps"], "open must be true or false"),
        (["address=Graz"], "address must be JSON"),
        (["maybe=x"], "maybe must be"),
        (["text"], "write name=value"),
        (["=5"], "write name=value"),
        (["txt=5"], "Did you mean text?"),
        (["text=1", "text=2"], "text is given twice"),
        (["text:={"], "text must be JSON"),
        (["zzzzzz=1"], "There is text, count, price"),
    ],
)
def test_a_word_that_cannot_be_read_says_what_to_write(words, told):
    with pytest.raises(InvalidArguments) as refused:
        read_arguments(words, SCHEMA)

    assert told in refused.value.details[0].message


def test_every_problem_is_listed_at_once():
    with pytest.raises(InvalidArguments) as refused:
        read_arguments(["count=x", "price=y", "nothing"], SCHEMA)

    assert len(refused.value.details) == 3


def test_an_action_without_parameters_says_so():
    with pytest.raises(InvalidArguments, match="the action takes none"):
        read_arguments(["text=1"], {"type": "object"})
