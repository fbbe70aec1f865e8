"""Schemas that can never work, or could take too long, are refused when saved."""

import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from deftly.domain.schema import compile_schema
from deftly.errors import InvalidArguments, InvalidDefinition

if TYPE_CHECKING:
    from deftly.values import JsonObject


def nested(depth):
    schema: JsonObject = {"type": "string"}
    for _ in range(depth):
        schema = {"properties": {"a": schema}}
    return schema


def doubling(levels, link):
    """Return definitions each of which leads to the next one twice."""
    steps = {f"d{i}": link(f"#/$defs/d{i + 1}") for i in range(levels)}
    return {
        "properties": {"a": {"$ref": "#/$defs/d0"}},
        "$defs": {**steps, f"d{levels}": {"type": "string"}},
    }


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ([], "inputSchema"),
        (None, "inputSchema"),
        ({"type": "array"}, "inputSchema.type"),
        ({"type": ["object", "null"]}, "inputSchema.type"),
        ({"properties": []}, "inputSchema.properties"),
        ({"required": "a"}, "inputSchema.required"),
        ({"properties": {"a": {"type": "strin"}}}, "inputSchema.properties.a.type"),
        ({"properties": {"a": {"minLength": "x"}}}, "inputSchema.properties.a.minLength"),
        ({"properties": {"a": {"items": [{}]}}}, "inputSchema.properties.a.items"),
        ({"properties": {"a": 5}}, "inputSchema.properties.a"),
        ({"properties": {"a": {"pattern": "("}}}, "inputSchema.properties.a.pattern"),
        (
            {"properties": {"a": {"pattern": "(\\w{1000}){1000}"}}},
            "inputSchema.properties.a.pattern",
        ),
        ({"properties": {"a": {"pattern": "^(a|a)*\\1$"}}}, "inputSchema.properties.a.pattern"),
        ({"properties": {"a": {"$ref": "https://example.com/a"}}}, "inputSchema.properties.a.$ref"),
        ({"properties": {"a": {"$ref": "file:///etc/passwd"}}}, "inputSchema.properties.a.$ref"),
        ({"properties": {"a": {"$ref": "other.json#/x"}}}, "inputSchema.properties.a.$ref"),
        ({"properties": {"a": {"$ref": "//example.com/x"}}}, "inputSchema.properties.a.$ref"),
        (
            {"properties": {"a": {"$dynamicRef": "http://x/#a"}}},
            "inputSchema.properties.a.$dynamicRef",
        ),
        ({"properties": {"a": {"$ref": "#/$defs/none"}}}, "inputSchema.properties.a.$ref"),
        ({"properties": {"a": {"$ref": "#none"}}}, "inputSchema.properties.a.$ref"),
        ({"properties": {"a": {"$ref": "#/properties"}}}, "inputSchema.properties.a.$ref"),
        ({"$id": "https://example.com/a", "$ref": "b"}, "inputSchema.$ref"),
        ({"properties": {"a": {"$id": "https://example.com/a"}}}, "inputSchema.properties.a.$id"),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "inputSchema.$schema"),
        ({"$schema": "https://example.com/meta"}, "inputSchema.$schema"),
        ({"$schema": 5}, "inputSchema.$schema"),
        ({"$ref": "#"}, "inputSchema"),
        ({"allOf": [{"$ref": "#"}]}, "inputSchema"),
        ({"properties": {"user": {}}}, "inputSchema.properties.user"),
        ({"properties": {"a b": {}}}, "inputSchema.properties['a b']"),
        ({"properties": {"a": {"const": float("nan")}}}, "inputSchema.properties.a.const"),
        ({"properties": {"a": {"description": "\ud800"}}}, "inputSchema.properties.a.description"),
        (nested(40), "inputSchema.properties"),
        ({"description": "x" * 70_000}, "inputSchema"),
        ({"enum": list(range(70_000))}, "inputSchema.enum"),
        ({"properties": {f"p{i}": {} for i in range(201)}}, "inputSchema.properties"),
    ],
)
def test_a_schema_that_can_never_work_is_refused_with_its_place(schema, path):
    with pytest.raises(InvalidDefinition) as refusal:
        compile_schema(schema, path="inputSchema")

    assert [one.path for one in refusal.value.details] == [path]
    assert refusal.value.message.startswith(f"{path}: ")
    assert len(refusal.value.message) < 400


@pytest.mark.speed
@pytest.mark.parametrize(
    "schema",
    [
        doubling(40, lambda ref: {"allOf": [{"$ref": ref}, {"$ref": ref}]}),
        doubling(40, lambda ref: {"$ref": ref, "anyOf": [{"$ref": ref}]}),
        doubling(40, lambda ref: {"properties": {"x": {"anyOf": [{"$ref": ref}, {"$ref": ref}]}}}),
        doubling(40, lambda ref: {"items": {"oneOf": [{"$ref": ref}, {"$ref": ref}]}}),
        doubling(40, lambda ref: {"items": {"$ref": ref}, "contains": {"$ref": ref}}),
        doubling(1500, lambda ref: {"$ref": ref}),
        {"properties": {"a": {"allOf": [{"$ref": "#"}, {"$ref": "#"}]}}},
        {"properties": {"a": {"$ref": "#"}}, "patternProperties": {"^a": {"$ref": "#"}}},
        {
            "$defs": {"x": {"not": {"$ref": "#/$defs/x"}}},
            "properties": {"a": {"$ref": "#/$defs/x"}},
        },
    ],
)
def test_references_that_multiply_are_refused_at_once(schema):
    started = time.monotonic()

    with pytest.raises(InvalidDefinition):
        compile_schema(schema, path="inputSchema")

    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("schema", "fits", "fits_not"),
    [
        (
            {
                "properties": {"t": {"$ref": "#/$defs/tree"}},
                "$defs": {
                    "tree": {
                        "type": "object",
                        "properties": {
                            "left": {"$ref": "#/$defs/tree"},
                            "right": {"$ref": "#/$defs/tree"},
                            "kids": {"type": "array", "items": {"$ref": "#/$defs/tree"}},
                        },
                    }
                },
            },
            {"t": {"left": {"right": {}}, "kids": [{"left": {}}]}},
            {"t": {"left": {"right": 5}}},
        ),
        (
            {
                "properties": {"f": {"$ref": "#/$defs/filter"}},
                "$defs": {
                    "filter": {
                        "anyOf": [
                            {"type": "string"},
                            {
                                "properties": {"and": {"items": {"$ref": "#/$defs/filter"}}},
                                "required": ["and"],
                                "type": "object",
                            },
                            {
                                "properties": {"not": {"$ref": "#/$defs/filter"}},
                                "required": ["not"],
                                "type": "object",
                            },
                        ]
                    }
                },
            },
            {"f": {"and": ["a", {"not": "b"}]}},
            {"f": {"and": [5]}},
        ),
        (
            {"properties": {"child": {"$ref": "#"}, "n": {"type": "integer"}}},
            {"child": {"child": {"n": 1}}},
            {"child": {"child": {"n": "x"}}},
        ),
        (
            {"properties": {"a": {"$ref": "#x"}}, "$defs": {"x": {"$anchor": "x", "type": "null"}}},
            {"a": None},
            {"a": 1},
        ),
        ({"$id": "https://example.com/s", "$ref": "#/$defs/%61", "$defs": {"a": {}}}, {}, 5),
        (
            {"$schema": "https://json-schema.org/draft/2020-12/schema#", "type": "object"},
            {},
            {"a": 1},
        ),
    ],
)
def test_recursion_that_goes_deeper_is_fine(schema, fits, fits_not):
    compiled = compile_schema(schema, path="inputSchema")

    assert compiled.bind(fits) == fits
    with pytest.raises(InvalidArguments):
        compiled.bind(fits_not)


@pytest.mark.parametrize(
    ("schema", "closed"),
    [
        ({}, True),
        ({"type": "object"}, True),
        ({"properties": {"a": {}}}, True),
        ({"properties": {"a": {}}, "additionalProperties": True}, False),
        ({"properties": {"a": {}}, "additionalProperties": {"type": "integer"}}, False),
        ({"properties": {"a": {}}, "unevaluatedProperties": True}, False),
        ({"allOf": [{"properties": {"a": {}}}]}, True),
        ({"$ref": "#/$defs/a", "$defs": {"a": {"properties": {"a": {}}}}}, True),
        ({"anyOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]}, True),
        ({"if": {"required": ["a"]}, "then": {}, "properties": {"a": {}}}, True),
        ({"patternProperties": {"^x-": {}}}, True),
    ],
)
def test_undeclared_arguments_are_refused_unless_the_schema_has_a_say(schema, closed):
    compiled = compile_schema(schema, path="inputSchema")

    assert compiled.schema is schema
    if closed:
        with pytest.raises(InvalidArguments):
            compiled.bind({"other": 1})
    else:
        assert compiled.bind({"other": 1}) == {"other": 1}


def test_closing_a_schema_leaves_what_other_parts_declare():
    schema: JsonObject = {"allOf": [{"properties": {"a": {}}}], "properties": {"b": {}}}

    assert compile_schema(schema, path="inputSchema").bind({"a": 1, "b": 2}) == {"a": 1, "b": 2}


@pytest.mark.speed
@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "^(a|a)*$", "(.*)*x", "([a-z]+)*=", "(a{1,100}){1,100}"]
)
def test_nested_repetition_without_look_around_runs_in_linear_time(pattern):
    compiled = compile_schema({"properties": {"a": {"pattern": pattern}}}, path="inputSchema")
    started = time.monotonic()

    for text in ("a" * 50_000 + "!", "a" * 50_000):
        with suppress(InvalidArguments):
            compiled.bind({"a": text})

    assert time.monotonic() - started < 2


@pytest.mark.parametrize("pattern", [r"^(?=.*\d)(?=.*[a-z]).{8,}$", r"^(.)\1b", r"^(?!admin).+$"])
def test_look_around_works_on_texts_of_a_reasonable_length(pattern):
    compiled = compile_schema({"properties": {"a": {"pattern": pattern}}}, path="inputSchema")

    assert compiled.bind({"a": "11b4567890"}) == {"a": "11b4567890"}
    with pytest.raises(InvalidArguments, match="8192"):
        compiled.bind({"a": "x" * 9000})


@pytest.mark.parametrize(
    "beside",
    [
        {"not": {"required": ["z"]}},
        {"if": {}, "then": {}},
        {"oneOf": [{}]},
        {"properties": {"b": {"contains": {}, "maxContains": 1}}},
    ],
)
def test_a_step_limit_cannot_be_used_to_pass_a_check(beside):
    properties: JsonObject = {"a": {"pattern": "(?=a)"}, **beside.get("properties", {})}

    with pytest.raises(InvalidDefinition):
        compile_schema({**beside, "properties": properties}, path="inputSchema")


def test_a_pattern_that_runs_out_of_steps_is_a_refusal_of_the_argument():
    schema: JsonObject = {"properties": {"a": {"pattern": "^((?:xy)+)((?:xy)+)((?:xy)+)\\1\\2z$"}}}
    compiled = compile_schema(schema, path="inputSchema")

    with pytest.raises(InvalidArguments, match="too long"):
        compiled.bind({"a": "xy" * 60})


def test_nothing_is_fetched_for_a_reference_the_validator_alone_would_follow():
    schema: JsonObject = {"properties": {"a": {"enum": [{"$ref": "https://example.com/x"}]}}}

    compiled = compile_schema(schema, path="inputSchema")

    assert compiled.bind({"a": {"$ref": "https://example.com/x"}})


@pytest.mark.speed
def test_ten_thousand_schemas_are_compiled_in_seconds():
    schema: JsonObject = {
        "properties": {"a": {"type": "string"}, "b": {"type": "integer"}},
        "required": ["a"],
    }
    started = time.monotonic()
    for _ in range(1000):
        compile_schema(schema, path="inputSchema")

    assert time.monotonic() - started < 1
