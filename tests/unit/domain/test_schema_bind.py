"""Binding: all problems at once, in sentences from which a model can correct itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deftly.domain.schema import compile_schema
from deftly.errors import InvalidArguments, Problem
from deftly.values import JsonObject, JsonValue, dump_json, parse_json

_ORDER: JsonObject = {
    "type": "object",
    "properties": {
        "order_id": {"type": "string", "description": "The order number"},
        "quantity": {"type": "integer", "minimum": 1},
    },
    "required": ["order_id"],
}


FORMS = (
    "a fits none of the allowed forms: it must be a text, not the number 5, "
    "or must be null, not the number 5."
)


def problems(schema, given):
    with pytest.raises(InvalidArguments) as refusal:
        compile_schema(schema, path="inputSchema").bind(given)
    return list(refusal.value.details)


def one(member, value):
    """Return the sentence about a single argument ``a``."""
    found = problems({"properties": {"a": member}}, {"a": value})
    assert [problem.path for problem in found] == ["/a"]
    return found[0].message


def test_all_problems_are_told_at_once():
    found = problems(_ORDER, {"quantity": "5", "oder_id": "A1", "zzz": 1})

    assert set(found) == {
        Problem("/order_id", "order_id is required: The order number"),
        Problem("/quantity", 'quantity must be an integer, not the text "5".'),
        Problem("/oder_id", "oder_id is not a parameter; did you mean order_id?"),
        Problem("/zzz", "zzz is not a parameter; the parameters are order_id and quantity."),
    }


def test_arguments_come_in_declaration_order_and_nothing_is_added():
    compiled = compile_schema(_ORDER, path="inputSchema")

    assert list(compiled.bind({"quantity": 2, "order_id": "A1"})) == ["order_id", "quantity"]
    assert compiled.bind({"order_id": "A1"}) == {"order_id": "A1"}
    assert compiled.declared_names == ("order_id", "quantity")
    assert compiled.required_names == ("order_id",)


@pytest.mark.parametrize(
    ("given_text", "bound"),
    [
        ("1.0", "1"),
        ("1e2", "100"),
        ("-0.0", "0"),
        ("9007199254740992.0", "9007199254740992"),
        ("1.5", "1.5"),
        ("1e21", "1e+21"),
        ("true", "true"),
        ('"1.0"', '"1.0"'),
        ('[1.0,{"b":2.0}]', '[1,{"b":2}]'),
        ("12345678901234567890123", "12345678901234567890123"),
    ],
)
def test_equal_numbers_have_one_spelling(given_text, bound):
    compiled = compile_schema({"properties": {"a": {}}}, path="inputSchema")

    assert dump_json(compiled.bind({"a": parse_json(given_text)})["a"]).decode() == bound


def test_undeclared_arguments_a_schema_admits_come_last():
    compiled = compile_schema({**_ORDER, "additionalProperties": True}, path="inputSchema")

    assert list(compiled.bind({"x": 1, "order_id": "A1"})) == ["order_id", "x"]


@pytest.mark.parametrize(
    ("member", "value", "sentence"),
    [
        ({"type": "integer"}, "5", 'a must be an integer, not the text "5".'),
        ({"type": "integer"}, 1.5, "a must be an integer, not the number 1.5."),
        ({"type": "integer"}, True, "a must be an integer, not true."),
        ({"type": "number"}, None, "a must be a number, not null."),
        ({"type": "string"}, 5, "a must be a text, not the number 5."),
        ({"type": "boolean"}, "true", 'a must be true or false, not the text "true".'),
        ({"type": "string"}, [], "a must be a text, not an empty array."),
        ({"type": "string"}, {"b": 1}, 'a must be a text, not the object {"b":1}.'),
        ({"enum": ["s", "m", 5]}, "l", 'a must be "s", "m" or 5, not the text "l".'),
        ({"const": "x"}, "y", 'a must be "x".'),
        ({"minimum": 1}, 0, "a must be at least 1, not 0."),
        ({"exclusiveMaximum": 1}, 1, "a must be less than 1, not 1."),
        ({"minLength": 2}, "x", "a must have at least 2 characters."),
        ({"maxItems": 1}, [1, 2], "a must have at most 1 element."),
        ({"pattern": "^A-"}, "B", 'a must match the pattern ^A-, unlike the text "B".'),
        ({"format": "date"}, "x", 'a must be a date such as 2026-01-31, not the text "x".'),
        ({"format": "email"}, "x", 'a must be an email address, not the text "x".'),
        ({"uniqueItems": True}, [1, 1], "a must not have the same element twice."),
        ({"multipleOf": 5}, 3, "a must be a multiple of 5, not 3."),
        (
            {"anyOf": [{"type": "string"}, {"type": "null"}]},
            5,
            FORMS,
        ),
    ],
)
def test_a_sentence_says_what_would_be_right(member, value, sentence):
    assert one(member, value) == sentence


def test_nested_values_are_named_by_their_place():
    schema: JsonObject = {
        "properties": {
            "items": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"sku": {"type": "string"}, "a/b": {"type": "null"}},
                    "required": ["sku"],
                    "additionalProperties": False,
                },
            }
        }
    }

    assert set(problems(schema, {"items": [{"sku": 1}, {"x": 1, "a/b": 2}]})) == {
        Problem("/items/0/sku", "items[0].sku must be a text, not the number 1."),
        Problem("/items/1/sku", "items[1].sku is required."),
        Problem("/items/1/x", "items[1].x is not a member of items[1]; leave it out."),
        Problem("/items/1/a~1b", "items[1]['a/b'] must be null, not the number 2."),
    }


def test_a_declared_argument_that_does_not_fit_is_not_called_unknown():
    schema: JsonObject = {"allOf": [{"properties": {"a": {"type": "string"}}}]}

    assert problems(schema, {"a": 1, "b": 2}) == [
        Problem("/a", "a must be a text, not the number 1."),
        Problem("/b", "b is not a parameter; the parameters are a."),
    ]


@pytest.mark.parametrize("given", [None, [], "x", 5, True])
def test_arguments_that_are_no_object_are_refused(given):
    assert [problem.path for problem in problems(_ORDER, given)] == [""]


def _deep(levels):
    value: JsonValue = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value",
    [
        float("nan"),
        float("inf"),
        "\ud800",
        ["\udfff"],
        {"\ud800": 1},
        10**5000,
        _deep(1_000),
        _deep(100_000),
        {1: 2},
        b"x",
        (1,),
        [0] * 200_000,
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("member", [{}, {"type": "string"}, {"$ref": "#/$defs/list"}])
def test_what_is_no_json_or_too_large_is_refused_and_nothing_breaks(member, value):
    schema: JsonObject = {
        "properties": {"a": member},
        "$defs": {"list": {"type": "array", "items": {"$ref": "#/$defs/list"}}},
    }

    found = problems(schema, {"a": value})

    assert len(found) == 1
    assert found[0].path.startswith("/a")
    assert len(found[0].message) < 200


@pytest.mark.parametrize("value", [10**30, -(10**30), 1.0, 0, 2**63, 2**64])
def test_integers_of_any_size_are_integers(value):
    compiled = compile_schema({"properties": {"a": {"type": "integer"}}}, path="inputSchema")

    assert compiled.bind({"a": value}) == {"a": value}


def test_a_quoted_value_is_cut():
    for value in ("x" * 10_000, ["x"] * 1_000, {"x": "y" * 10_000}, 10**3000):
        assert len(one({"enum": ["a"]}, value)) < 200


def test_a_flood_of_problems_ends_after_fifty():
    schema: JsonObject = {"properties": {"a": {"items": {"type": "string"}}}}

    found = problems(schema, {"a": [0] * 500})

    assert len(found) == 51
    assert found[-1] == Problem("", "There are 450 more problems.")
    assert [problem.path for problem in problems(schema, {"a": [0] * 90_000})] == ["/a"]


@given(
    st.dictionaries(
        st.text(max_size=8),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
            ),
            max_leaves=8,
        ),
        max_size=5,
    )
)
def test_any_object_is_bound_or_refused_with_at_least_one_problem(given_):
    compiled = compile_schema(
        {
            "properties": {
                "a": {"anyOf": [{"type": "string", "format": "date"}, {"type": "integer"}]},
                "b": {"type": "array", "items": {"$ref": "#/properties/a"}, "uniqueItems": True},
            },
            "patternProperties": {"^\\w$": {}},
            "propertyNames": {"maxLength": 3},
        },
        path="inputSchema",
    )
    found = None
    try:
        assert compiled.bind(given_) == given_
    except InvalidArguments as refusal:
        found = refusal.details

    assert found is None or found
    assert all(problem.message.endswith((".", "?")) for problem in found or ())
