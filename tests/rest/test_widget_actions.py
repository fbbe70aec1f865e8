"""A new widget comes with an action that shows it, which takes what the widget takes."""

import pytest

from tests.rest.widget_kit import CARD, SCHEMA, TEMPLATE, WIDGETS, create, definition

ACTIONS = "/api/custom-actions"


async def actions(api):
    return (await api.get(ACTIONS)).json()["actions"]


async def test_a_new_widget_adds_an_enabled_action_that_shows_it(api):
    told = await create(api, title="Order", description="Where it is.")

    (action,) = await actions(api)
    assert action == told["action"]
    assert (action["name"], action["enabled"]) == ("ORDER_CARD", True)
    assert (action["handler"], action["widget"]) == ({"type": "widget"}, "order_card")
    assert (action["executionMode"], action["inputSchema"]) == ("auto", SCHEMA)
    assert "Order" in action["description"]
    assert "Where it is." in action["description"]
    assert told["warnings"] == []


async def test_without_a_schema_the_action_asks_for_all_the_example_has(api):
    example = {
        "title": "T",
        "count": 2,
        "price": 1.5,
        "open": True,
        "items": [{"name": "a"}],
        "none": [],
        "any": None,
    }

    told = await create(api, dataSchema=None, exampleData=example)

    schema = told["action"]["inputSchema"]
    assert schema["required"] == list(example)
    assert schema["properties"] == {
        "title": {"type": "string"},
        "count": {"type": "number"},
        "price": {"type": "number"},
        "open": {"type": "boolean"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}},
                "required": ["name"],
            },
        },
        "none": {"type": "array"},
        "any": {},
    }


async def test_no_action_is_added_where_none_is_wanted(api):
    told = await create(api, action=False)

    assert "action" not in told
    assert await actions(api) == []


@pytest.mark.parametrize(
    ("other", "fields", "said"),
    [
        ("order card", {}, "ORDER_CARD"),
        ("get order", {"dataSchema": None, "exampleData": {"user": "Ada"}}, "reserved"),
    ],
)
async def test_a_widget_is_stored_where_its_action_cannot_be(api, upstream, other, fields, said):
    await api.create(url=upstream.url("/"), parameters=[], name=other)
    before = await actions(api)

    told = await create(api, **fields)

    (warning,) = [one for one in told["warnings"] if one["path"] == "action"]
    assert said in warning["message"]
    assert "action" not in told
    assert await actions(api) == before
    assert (await api.get(CARD)).status_code == 200


async def test_the_action_takes_what_the_changed_schema_says(api):
    await create(api)
    grown = {**SCHEMA, "properties": {**SCHEMA["properties"], "eta": {"type": "string"}}}

    await api.put(CARD, {"dataSchema": grown})

    (action,) = await actions(api)
    assert (action["inputSchema"], action["version"]) == (grown, 2)
    await api.put(CARD, {"title": "T"})
    assert (await actions(api))[0]["version"] == 2


async def test_an_action_whose_inputs_somebody_changed_is_left_alone(api):
    told = await create(api)
    own = {"type": "object", "properties": {"order_id": {"type": "string"}}}
    await api.put(f"{ACTIONS}/{told['action']['id']}", {"inputSchema": own})

    answer = await api.put(CARD, {"dataSchema": {"type": "object", "properties": {}}})

    assert answer.status_code == 200
    (action,) = await actions(api)
    assert action["inputSchema"] == own


async def test_an_action_of_another_kind_is_told_of_a_widget_that_is_not_there(api, upstream):
    given = {"url": upstream.url("/"), "parameters": [], "widget": "order_card"}
    first = await api.create(name="get order", **given)
    path = f"{ACTIONS}/{first['id']}"

    before = (await api.put(path, {"description": "One."})).json()["warnings"]
    await api.post(WIDGETS, definition(template=TEMPLATE, action=False))
    after = (await api.put(path, {"description": "Two."})).json()["warnings"]
    shown_by = (await api.get(CARD)).json()["actions"]

    assert [one["path"] for one in before] == ["widget"]
    assert after == []
    assert shown_by == ["get_order"]
