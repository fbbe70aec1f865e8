import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from deftly.errors import InvalidDefinition
from deftly.store.yaml.read import read_object
from deftly.store.yaml.text import flow_text, object_text
from deftly.store.yaml.write import compose
from deftly.values import JsonObject, JsonValue, canonical_json

AWKWARD = [
    *("no", "Yes", "ON", "y", "n", "null", "~", "", "true", "012", "0o17", "0x1f", "0b1"),
    *("1:30", "1_000", "2026-01-01", "2026-01-01T00:00:00Z", ".5", "1e3", ".inf", ".nan", "<<"),
    *("=", "-", "- a", "-a", "?", "? a", ":", ": a", "a:", "a: b", "a #b", "#a", "a#b", "@a"),
    *("*a", "&a", "!a", "|", ">", "%a", "`a", "---", "...", "{{a}}", "[a", "a]", "a, b", "'a'"),
    *('"a"', 'it\'s "both"', "\\", "a\\nb", " a", "a ", "\ta", "a\t", "a\tb", "\n", "\n\n"),
    *("a\n", "a\n\n", "\na", "a\nb", "a\n\nb\n", "a \nb", " a\nb", "a\n b\n  c", "a\n\tb", "\r"),
    *("a\r\nb", "a\x00b", "\x01", "\x1b[31m", "\x7f", "\x85", "\xa0", "a\xa0", "\u2028", "\u2029"),
    *("\ufeff", "\ufffe", "\u202e", "😀", "👩‍👩‍👧", "é", "日本語", "x" * 5000, "x\n" * 50, "#\n#"),
    *("---\na", "a\n---\nb", "a\n...\n", "%YAML\n", "9" * 400, "-1", "+1", "1.", "10.0.0.1"),
]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(AWKWARD),
    st.text(),
    st.text(alphabet="a \n\t:#-'\"{}[],\\"),
)
KEYS = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=8))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)
OBJECTS = st.dictionaries(KEYS, VALUES, max_size=6)


@given(OBJECTS)
def test_what_is_written_reads_the_same(definition):
    assert canonical_json(read_object(compose(definition))) == canonical_json(definition)


@given(OBJECTS)
def test_the_first_way_of_writing_is_right_already(definition):
    text = object_text(definition).encode()
    assert canonical_json(read_object(text)) == canonical_json(definition)


@given(OBJECTS)
def test_the_last_way_of_writing_is_right_as_well(definition):
    text = flow_text(definition).encode()
    assert canonical_json(read_object(text)) == canonical_json(definition)


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_every_awkward_text_is_written_as_itself(text):
    assert read_object(compose({"a": text, "b": [text], "c": {text: text}}))["a"] == text


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_older_yaml_reads_the_same_texts(text):
    assert yaml.safe_load(compose({"a": text}))["a"] == text


def test_a_new_file_is_pretty_and_keeps_the_order_given():
    definition: JsonObject = {
        "name": "GET_ORDER_STATUS",
        "description": 'Look up an order. Use for "where is my order?"',
        "similes": ["TRACK_ORDER"],
        "parameters": [
            {"name": "order_id", "type": "string", "required": True},
            {"name": "matrix", "default": [[1, 2], []]},
        ],
        "handler": {
            "type": "http",
            "url": "https://api.example.com/orders/{{order_id}}",
            "headers": {"Authorization": "Bearer {{secrets.SHOP_KEY}}"},
            "bodyTemplate": '{\n  "id": "{{order_id}}"\n}\n',
        },
        "enabled": True,
        "country": "no",
        "limits": {},
        "since": "2026-01-01",
    }
    assert compose(definition).decode() == (
        "name: GET_ORDER_STATUS\n"
        'description: Look up an order. Use for "where is my order?"\n'
        "similes:\n"
        "  - TRACK_ORDER\n"
        "parameters:\n"
        "  - name: order_id\n"
        "    type: string\n"
        "    required: true\n"
        "  - name: matrix\n"
        "    default:\n"
        "      - - 1\n"
        "        - 2\n"
        "      - []\n"
        "handler:\n"
        "  type: http\n"
        "  url: https://api.example.com/orders/{{order_id}}\n"
        "  headers:\n"
        "    Authorization: Bearer {{secrets.SHOP_KEY}}\n"
        "  bodyTemplate: |\n"
        "    {\n"
        '      "id": "{{order_id}}"\n'
        "    }\n"
        "enabled: true\n"
        'country: "no"\n'
        "limits: {}\n"
        'since: "2026-01-01"\n'
    )


def test_a_long_line_is_not_wrapped():
    text = "word " * 500 + "end"
    assert compose({"a": text}).decode() == f"a: {text}\n"


def test_marks_that_turn_the_direction_of_writing_are_made_visible():
    assert compose({"a": "x\u202ey"}) == b'a: "x\\u202ey"\n'


def nested(levels: int) -> JsonObject:
    value: JsonValue = 1
    for _ in range(levels):
        value = {"a": value}
    assert isinstance(value, dict)
    return value


def test_the_deepest_definition_that_can_be_read_can_be_written():
    assert read_object(compose(nested(64))) == nested(64)


@pytest.mark.parametrize(
    "definition",
    [
        {"a": float("nan")},
        {"a": float("inf")},
        {"a": "\ud83d"},
        {"\udc00": 1},
        {"a": "x" * (1024 * 1024)},
        {"a": "\x01" * (1024 * 300)},
        nested(65),
        nested(5000),
    ],
    ids=["nan", "inf", "surrogate", "key", "long", "long-escaped", "deep", "deeper"],
)
def test_what_no_file_can_say_is_refused_with_a_sentence(definition):
    with pytest.raises(InvalidDefinition) as caught:
        compose(definition)
    assert caught.value.message.endswith(".")
