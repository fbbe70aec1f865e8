"""What a definition may say, and what an edit makes of it."""

from typing import TYPE_CHECKING, Any

import pytest

from deftly.domain.definition import Identity, authored_form, edited, parse_action, stamped
from deftly.errors import InvalidDefinition

if TYPE_CHECKING:
    from deftly.values import JsonObject

IDENTITY = Identity(
    "5b0e2b7e-0000-4000-8000-000000000001",
    3,
    "2026-01-01T12:00:00.000Z",
    "2026-01-02T12:00:00.000Z",
)
GOOD: dict[str, Any] = {
    "name": "get order",
    "description": "Look up an order.",
    "parameters": [{"name": "order_id", "description": "Its number", "required": True}],
    "handler": {"type": "http", "url": "https://api.example.com/orders/{{order_id}}"},
}
HTTP = GOOD["handler"]

REFUSED = [
    ({"name": None}, "name"),
    ({"name": ""}, "name"),
    ({"name": 5}, "name"),
    ({"name": "!!!"}, "name"),
    ({"name": "x" * 61}, "name"),
    ({"description": None}, "description"),
    ({"description": " \n"}, "description"),
    ({"description": 5}, "description"),
    ({"similes": "one"}, "similes"),
    ({"similes": [1]}, "similes[0]"),
    ({"parameters": {}}, "parameters"),
    ({"parameters": ["a"]}, "parameters[0]"),
    ({"parameters": [{}]}, "parameters[0].name"),
    ({"inputSchema": []}, "inputSchema"),
    ({"handler": None}, "handler"),
    ({"handler": "http"}, "handler"),
    ({"handler": {}}, "handler.type"),
    ({"handler": {"type": "ftp"}}, "handler.type"),
    ({"handler": {"type": "http"}}, "handler.url"),
    ({"handler": {"type": "http", "url": " "}}, "handler.url"),
    ({"handler": HTTP | {"hedaers": {}}}, "handler.hedaers"),
    ({"executionMode": "maybe"}, "executionMode"),
    ({"acknowledgeWrites": "x"}, "acknowledgeWrites"),
    ({"examples": ["x"]}, "examples[0]"),
    ({"limits": {"callsPerMinute": 0}}, "limits.callsPerMinute"),
    ({"unknown": 1}, "unknown"),
    ({"Description": "x"}, "Description"),
]


@pytest.mark.parametrize(("change", "path"), REFUSED, ids=str)
def test_what_can_never_work_is_refused_with_its_path_and_a_sentence(change, path):
    with pytest.raises(InvalidDefinition) as refused:
        parse_action(GOOD | change, IDENTITY)

    (found,) = [one for one in refused.value.details if one.path == path]
    assert found.message.endswith((".", ".)"))
    assert refused.value.message


def test_every_problem_is_told_at_once():
    with pytest.raises(InvalidDefinition) as refused:
        parse_action({"name": "!", "handler": {"type": "ftp"}, "x": 1}, IDENTITY)

    assert {one.path for one in refused.value.details} >= {"name", "description", "handler.type"}


@pytest.mark.parametrize("given", [True, None, 0, "false", "no", []], ids=repr)
def test_only_a_literal_false_disables(given):
    assert parse_action(GOOD | {"enabled": given}, IDENTITY).enabled is True
    assert parse_action(GOOD | {"enabled": False}, IDENTITY).enabled is False


def test_notes_of_the_authors_own_are_kept():
    action = parse_action(GOOD | {"x-note": {"a": 1}}, IDENTITY)

    assert action.wire()["x-note"] == {"a": 1}


def test_the_server_decides_who_an_action_is():
    action = parse_action(GOOD | {"id": "x", "version": 99, "createdAt": "never"}, IDENTITY)

    assert (action.id, action.version) == (IDENTITY.id, 3)
    assert (action.created_at, action.updated_at) == (IDENTITY.created_at, IDENTITY.updated_at)
    written = stamped(authored_form(GOOD), action)
    assert list(written)[:2] == ["id", "name"]
    assert written["version"] == 3


def test_the_view_of_the_parameters_sent_back_changes_nothing():
    authored = authored_form(GOOD)
    action = parse_action(authored, IDENTITY)

    view = action.wire()["parameters"]
    assert edited(authored, action, {"parameters": view}) == authored
    assert edited(authored, action, {"inputSchema": action.input_schema}) == authored
    assert edited(authored, action, action.wire())["parameters"] == authored["parameters"]


def test_a_schema_wins_over_the_view_beside_it():
    authored = authored_form(GOOD)
    action = parse_action(authored, IDENTITY)
    schema: JsonObject = {"type": "object", "properties": {"a": {"type": "string"}}}

    after = edited(authored, action, {"inputSchema": schema, "parameters": []})

    assert after["inputSchema"] == schema
    assert "parameters" not in after
    again = edited(after, parse_action(after, IDENTITY), {"parameters": GOOD["parameters"]})
    assert "inputSchema" not in again


def test_null_and_what_the_server_decides_change_nothing():
    authored = authored_form(GOOD | {"x-note": 1})
    action = parse_action(authored, IDENTITY)

    patch = {"name": None, "handler": None, "x-note": None, "id": "x", "updatedAt": "x"}
    assert edited(authored, action, patch) == authored
