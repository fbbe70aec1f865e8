"""Parameters, the flat view of a schema, and the conversion of typed texts."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from deftly.domain.naming import RESERVED_PARAMETERS
from deftly.domain.schema import (
    PARAMETER_TYPES,
    Parameter,
    coerce,
    compile_schema,
    parameters_to_schema,
    schema_to_parameters,
)
from deftly.errors import InvalidDefinition

if TYPE_CHECKING:
    from deftly.values import JsonObject

_NAMES = st.from_regex(r"[A-Za-z0-9_-]{1,20}", fullmatch=True).filter(
    lambda name: name not in RESERVED_PARAMETERS and not name.startswith("__")
)
_PARAMETERS = st.lists(
    st.builds(
        Parameter,
        name=_NAMES,
        type=st.sampled_from(PARAMETER_TYPES),
        description=st.text(max_size=20),
        required=st.booleans(),
    ),
    unique_by=lambda one: one.name,
    max_size=6,
).map(tuple)


@given(_PARAMETERS)
def test_parameters_come_back_from_their_schema_as_they_were(parameters):
    schema: JsonObject = parameters_to_schema(parameters)

    assert schema_to_parameters(schema) == parameters
    assert compile_schema(schema, path="inputSchema").declared_names == tuple(
        one.name for one in parameters
    )


def test_a_parameter_needs_a_name_only():
    assert Parameter.model_validate({"name": "city"}).wire() == {
        "name": "city",
        "type": "string",
        "description": "",
        "required": False,
    }


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"name": ""},
        {"name": "a b"},
        {"name": "user"},
        {"name": "__x"},
        {"name": 5},
        {"name": "a", "type": "date"},
        {"name": "a", "type": None},
        {"name": "a", "required": "yes"},
        {"name": "a", "required": 1},
        {"name": "a", "description": 5},
        {"name": "a", "default": 1},
    ],
)
def test_a_parameter_that_cannot_be_is_refused(given):
    with pytest.raises(ValidationError):
        Parameter.model_validate(given)


def test_two_parameters_of_one_name_are_refused():
    with pytest.raises(InvalidDefinition) as refusal:
        parameters_to_schema([Parameter(name="a"), Parameter(name="b"), Parameter(name="a")])

    assert refusal.value.details[0].path == "parameters[2].name"


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ({"type": "integer"}, "integer"),
        ({"type": ["null", "number"]}, "number"),
        ({"enum": ["a", "b"]}, "string"),
        ({"enum": [None, 1]}, "integer"),
        ({"const": True}, "boolean"),
        ({"anyOf": [{"type": "null"}, {"type": "array"}]}, "array"),
        ({"$ref": "#/$defs/address"}, "object"),
        ({"allOf": [{"$ref": "#/$defs/address"}]}, "object"),
        ({"$ref": "#town"}, "boolean"),
        ({"$ref": "#/nowhere"}, "string"),
        ({"$ref": "https://example.com/x"}, "string"),
        ({"$ref": "#/properties/a"}, "string"),
        ({"type": "nonsense"}, "string"),
        ({}, "string"),
        (True, "string"),
        (None, "string"),
        ([], "string"),
    ],
)
def test_the_flat_view_tells_a_type_for_every_property(member, kind):
    schema: JsonObject = {
        "properties": {"a": member},
        "$defs": {"address": {"type": "object"}, "t": {"$anchor": "town", "type": "boolean"}},
    }

    assert [one.type for one in schema_to_parameters(schema)] == [kind]


def test_the_flat_view_sees_what_stands_behind_references():
    schema: JsonObject = {
        "allOf": [{"$ref": "#/$defs/order"}, {"properties": {"note": {}}, "required": ["note"]}],
        "anyOf": [{"properties": {"extra": {"type": "integer"}}, "required": ["extra"]}],
        "not": {"properties": {"hidden": {}}},
        "$defs": {
            "order": {
                "properties": {"id": {"allOf": [{"description": "The number"}]}},
                "required": ["id"],
            }
        },
    }

    assert [(one.name, one.required) for one in schema_to_parameters(schema)] == [
        ("id", True),
        ("note", True),
        ("extra", False),
    ]
    assert schema_to_parameters(schema)[0].description == "The number"


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"properties": []},
        {"properties": {}, "required": 5},
        {"required": [1, None]},
        {"allOf": {}},
        {"$ref": 5},
        {"$ref": "#"},
        {"allOf": [{"$ref": "#"}]},
        {"type": 7},
    ],
)
def test_the_flat_view_of_nonsense_is_empty(schema):
    assert schema_to_parameters(schema) == ()


def test_a_property_no_placeholder_can_name_is_refused_with_its_place():
    with pytest.raises(InvalidDefinition) as refusal:
        schema_to_parameters({"allOf": [{"properties": {"order id": {}}}]})

    assert refusal.value.details[0].path == "inputSchema.allOf[0].properties['order id']"


@pytest.mark.parametrize(
    ("member", "text", "value"),
    [
        ({"type": "integer"}, "5", 5),
        ({"type": "integer"}, "-5", -5),
        ({"type": "integer"}, "5.0", "5.0"),
        ({"type": "integer"}, "05", "05"),
        ({"type": "integer"}, "5x", "5x"),
        ({"type": "integer"}, "1" + "0" * 30, 10**30),
        pytest.param({"type": "integer"}, "9" * 5000, "9" * 5000, id="5000 digits"),
        ({"type": "number"}, "1.5", 1.5),
        ({"type": "number"}, "2", 2),
        ({"type": "number"}, "NaN", "NaN"),
        ({"type": "number"}, "true", "true"),
        ({"type": "boolean"}, "true", True),
        ({"type": "boolean"}, "False", False),
        ({"type": "boolean"}, "1", "1"),
        ({"type": "string"}, "5", "5"),
        ({"type": ["string", "integer"]}, "5", "5"),
        ({"type": ["integer", "null"]}, "null", None),
        ({"type": "object"}, '{"a":1}', {"a": 1}),
        ({"type": "object"}, "a", "a"),
        ({"type": "array"}, '["a",1]', ["a", 1]),
        ({"type": "array", "items": {"type": "integer"}}, "1, 2,x", [1, 2, "x"]),
        ({"type": "array"}, "a,b", ["a", "b"]),
        ({"type": "array"}, "", []),
        ({"type": "array"}, "[a", "[a"),
        ({"enum": [1, 2]}, "2", 2),
        ({"$ref": "#/$defs/n"}, "7", 7),
        ({}, "7", "7"),
        (True, "7", "7"),
    ],
)
def test_a_typed_text_becomes_what_the_schema_wants_or_stays_a_text(member, text, value):
    schema: JsonObject = {"properties": {"a": member}, "$defs": {"n": {"type": "integer"}}}

    result = coerce(schema, {"a": text, "unknown": "7"})

    assert result == {"a": value, "unknown": "7"}
    assert type(result["a"]) is type(value)
