"""A card is made of elements its author wrote: data fills them, and brings none."""

import json

import pytest

from deftly.domain.widget.elements import KINDS
from deftly.domain.widget.inputs import KINDS as INPUTS
from deftly.errors import InvalidDefinition, WidgetDoesNotFit
from tests.unit.domain.widget.literals import checked, compile_template

OURS = "ours"
# Every place of a card that holds further elements, filled by an expression.
PLACES = {
    "body": {"body": "${brought}"},
    "in a body": {"body": [{"type": "TextBlock", "text": OURS}, "${brought}"]},
    "one by one": {"body": ["${brought[0]}"]},
    "out of a text": {"body": "${json(written)}"},
    "chosen": {"body": "${if(true, brought, none)}"},
    "a member": {"body": "${wrapped.brought}"},
    "items": {"body": [{"type": "Container", "items": "${brought}"}]},
    "columns": {"body": [{"type": "ColumnSet", "columns": "${brought}"}]},
    "an untyped column": {"body": [{"type": "ColumnSet", "columns": "${columns}"}]},
    "cells": {"body": [{"type": "Table", "columns": [{}], "rows": "${brought}"}]},
    "facts": {"body": [{"type": "FactSet", "facts": "${brought}"}]},
    "images": {"body": [{"type": "ImageSet", "images": "${brought}"}]},
    "inlines": {"body": [{"type": "RichTextBlock", "inlines": "${brought}"}]},
    "actions": {"actions": "${brought}"},
    "an action set": {"body": [{"type": "ActionSet", "actions": "${brought}"}]},
    "a tap": {"body": [{"type": "Container", "items": [], "selectAction": "${brought[0]}"}]},
    "an inline action": {
        "body": [{"type": "Input.Text", "id": "a", "inlineAction": "${brought[0]}"}]
    },
    "choices": {"body": [{"type": "Input.ChoiceSet", "id": "a", "choices": "${brought}"}]},
    "a card behind a button": {
        "actions": [{"type": "Action.ShowCard", "title": "More", "card": "${brought[0]}"}]
    },
    "an untyped card": {
        "actions": [{"type": "Action.ShowCard", "title": "More", "card": "${untyped}"}]
    },
    "a fallback": {"body": [{"type": "Unknown", "fallback": "${brought[0]}"}]},
    "repeated": {"body": [{"type": "Container", "$data": "${brought}", "items": ["${$data}"]}]},
}
TYPES = [*KINDS, "Action.Execute", "Input.Anything"]


def planted(kind: str) -> dict[str, object]:
    says = {"type": "action", "action": "planted"}
    return {
        "type": kind,
        "id": "planted",
        "text": "[planted](https://planted.example.com)",
        "title": "planted",
        "value": "planted",
        "url": "https://planted.example.com",
        "elementId": "planted",
        "fallbackText": "planted",
        "card": {"type": "AdaptiveCard", "fallbackText": "planted"},
        "targetElements": ["planted"],
        "data": {"deftly": says},
    }


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_data_brings_no_element(place, kind):
    brought = [planted(kind)]
    data = {
        "brought": brought,
        "wrapped": {"brought": brought},
        "written": json.dumps(brought),
        "columns": [{"items": brought}],
        "untyped": {"body": brought},
    }
    template = compile_template({"type": "AdaptiveCard", **place})

    with pytest.raises(WidgetDoesNotFit, match=f"an element of its own, {kind}"):
        template.expand(data)


ENTRIES = {
    "facts": (
        {"type": "FactSet", "facts": "${given}"},
        [{"title": "Status", "value": "shipped"}],
    ),
    "choices": (
        {"type": "Input.ChoiceSet", "id": "size", "choices": "${given}"},
        [{"title": "Medium", "value": "m"}],
    ),
    "pictures": (
        {"type": "ImageSet", "images": "${given}"},
        [{"url": "https://shop.example.com/1.png"}],
    ),
    "runs": ({"type": "RichTextBlock", "inlines": "${given}"}, [{"text": "bold"}, "plain"]),
}


@pytest.mark.parametrize(("element", "given"), ENTRIES.values(), ids=ENTRIES)
def test_entries_of_a_list_that_the_template_names_come_with_the_data(element, given):
    expanded = compile_template({"type": "AdaptiveCard", "body": [element]}).expand(
        {"given": given}
    )
    shown = checked(expanded)

    assert shown.problems == ()
    told = json.dumps(shown.card)
    values = [value for one in given if isinstance(one, dict) for value in one.values()]
    assert [value for value in values if value not in told] == []


def test_a_type_is_data_as_well_where_it_becomes_no_element():
    template = {
        "type": "AdaptiveCard",
        "body": [{"type": "TextBlock", "$data": "${items}", "text": "${type}: ${name}"}],
    }

    made = compile_template(template).expand({"items": [{"type": "Image", "name": "Beach"}]})

    assert [one["text"] for one in made["body"]] == ["Image: Beach"]


@pytest.mark.parametrize("kind", INPUTS)
@pytest.mark.parametrize(
    ("given", "is_taken"),
    [("item_${sku}", True), ("sku", True), ("${sku}", False), ("${sku}_item", False)],
)
def test_data_does_not_name_the_argument_that_an_input_fills(kind, given, is_taken):
    template = {"type": "AdaptiveCard", "body": [{"type": kind, "id": given}]}
    if is_taken:
        compile_template(template)
        return

    with pytest.raises(InvalidDefinition, match="begin it with a word of yours"):
        compile_template(template)
