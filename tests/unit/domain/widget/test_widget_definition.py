"""What a widget's definition may say, what an edit makes of it, and the data it is drawn with."""

from typing import Any

import pytest

from deftly.domain.widget.definition import WidgetIdentity, widget_id_of_name
from deftly.errors import InvalidDefinition
from tests.unit.domain.widget.literals import (
    authored_widget,
    edited_widget,
    merge_data,
    parse_widget,
    stamped_widget,
)

ID = "5b0e2b7e-0000-4000-8000-000000000001"
IDENTITY = WidgetIdentity(ID, "order_card", 3, "2026-01-01T12:00:00.000Z")
TEMPLATE = {"type": "AdaptiveCard", "body": [{"type": "TextBlock", "text": "${a}", "x": None}]}
GOOD: dict[str, Any] = {
    "title": "Order",
    "template": TEMPLATE,
    "exampleData": {"a": 1, "gap": None},
}

REFUSED = [
    ({"template": None}, "template"),
    ({"template": "x"}, "template"),
    ({"template": {"type": "AdaptiveCard", "t": "${nope()}"}}, "template.t"),
    ({"template": {"type": "Container"}}, "template.type"),
    ({"dataSchema": {"type": "nonsense"}}, "dataSchema.type"),
    ({"dataSchema": 5}, "dataSchema"),
    ({"exampleData": []}, "exampleData"),
    ({"exampleData": {"a": "x" * 300_000}}, "exampleData"),
    ({"title": "  "}, "title"),
    ({"unknown": 1}, "unknown"),
]


@pytest.mark.parametrize(("change", "path"), REFUSED, ids=lambda one: str(one)[:40])
def test_what_can_never_work_is_refused_with_its_path_and_a_sentence(change, path):
    with pytest.raises(InvalidDefinition) as refused:
        parse_widget({**GOOD, **change}, IDENTITY)

    assert path in {one.path for one in refused.value.details}
    assert all(one.message.endswith((".", ".)")) for one in refused.value.details)


@pytest.mark.parametrize("name", ["", "Order", "order-card", "_a", "a__b", "../a", "x" * 61, "a\n"])
def test_a_name_is_spelled_as_a_tools(name):
    with pytest.raises(InvalidDefinition) as refused:
        parse_widget(GOOD, WidgetIdentity(ID, name))

    assert [one.path for one in refused.value.details] == ["name"]


def test_the_server_decides_who_a_widget_is_and_notes_are_kept():
    widget = parse_widget({**GOOD, "id": "x", "version": 99, "x-note": 1}, IDENTITY)

    assert (widget.id, widget.name, widget.version) == (ID, "order_card", 3)
    assert widget.wire()["x-note"] == 1
    assert widget.wire()["template"] == TEMPLATE
    assert widget.wire()["exampleData"] == GOOD["exampleData"]
    written = stamped_widget(authored_widget(GOOD), widget)
    assert list(written)[:3] == ["id", "name", "title"]
    assert parse_widget(written, IDENTITY) == parse_widget(GOOD, IDENTITY)


def test_an_edit_changes_what_it_gives_and_empty_texts_take_away():
    authored = authored_widget({**GOOD, "name": "order_card", "dataSchema": {"type": "object"}})

    after = edited_widget({**authored, "name": "order_card"}, {"title": "", "exampleData": None})

    assert after == {
        "template": TEMPLATE,
        "exampleData": GOOD["exampleData"],
        "dataSchema": {"type": "object"},
    }
    with pytest.raises(InvalidDefinition, match="name cannot be changed"):
        edited_widget({**authored, "name": "order_card"}, {"name": "other"})


def test_a_name_gives_always_the_same_id():
    assert widget_id_of_name("a") == widget_id_of_name("a") != widget_id_of_name("b")


@pytest.mark.parametrize(
    ("response", "merged"),
    [
        (None, {"a": "example", "b": "argument", "c": "argument"}),
        ({"c": "answer", "d": 1}, {"a": "example", "b": "argument", "c": "answer", "d": 1}),
        ([1, 2], {"a": "example", "b": "argument", "c": "argument"}),
        ({"response": 5}, {"a": "example", "b": "argument", "c": "argument"}),
    ],
)
def test_an_answer_comes_before_arguments_and_these_before_the_example(response, merged):
    example = {"a": "example", "b": "example"}
    arguments = {"b": "argument", "c": "argument"}
    whole = {} if response is None else {"response": response}

    assert merge_data(example, arguments, response) == {**merged, **whole}
