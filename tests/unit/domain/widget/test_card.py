"""What of a card reaches a browser: a table of what is known, and nothing else."""

import pytest

from deftly.domain.widget.inputs import InputKind, Takes
from tests.unit.domain.widget.literals import check_card, checked, inputs_of, spoken

TEXT = {"type": "TextBlock", "text": "Hi"}


def body_of(*blocks):
    return check_card({"type": "AdaptiveCard", "body": list(blocks)})["body"]


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({**TEXT, "wrap": True, "size": "Large"}, {**TEXT, "wrap": True, "size": "large"}),
        ({**TEXT, "wrap": "true", "maxLines": "2"}, {**TEXT, "wrap": True, "maxLines": 2}),
        ({**TEXT, "text": 5}, {**TEXT, "text": "5"}),
        ({**TEXT, "text": 2.0, "color": None}, {**TEXT, "text": "2"}),
        ({**TEXT, "size": "huge", "onclick": "x", "__proto__": {}, "wrap": 1}, TEXT),
        ({**TEXT, "id": "__proto__"}, TEXT),
        ({**TEXT, "id": "a b"}, TEXT),
        ({**TEXT, "id": "total_1"}, {**TEXT, "id": "total_1"}),
        ({**TEXT, "text": "a\x00\x1b\u202eb\u200f\n"}, {**TEXT, "text": "ab\u200f\n"}),
        (
            {"type": "RichTextBlock", "inlines": ["a\x00", {"text": "b", "italic": True}, 5]},
            {
                "type": "RichTextBlock",
                "inlines": ["a", {"type": "TextRun", "text": "b", "italic": True}],
            },
        ),
        (
            {"type": "FactSet", "facts": [{"title": "Total", "value": 5, "x": 1}, "x", None]},
            {"type": "FactSet", "facts": [{"type": "Fact", "title": "Total", "value": "5"}]},
        ),
        (
            {"type": "ColumnSet", "columns": [{"width": "80px", "items": [TEXT]}, {"width": 2}]},
            {
                "type": "ColumnSet",
                "columns": [
                    {"type": "Column", "width": "80px", "items": [TEXT]},
                    {"type": "Column", "width": 2},
                ],
            },
        ),
        ({"type": "Container", "minHeight": "9px; x", "items": TEXT}, {"type": "Container"}),
    ],
    ids=lambda one: str(one)[:50],
)
def test_known_properties_with_a_sound_value_are_sent(given, sent):
    assert body_of(given) == [sent]


@pytest.mark.parametrize(
    "given",
    [
        {"type": "TextBlock"},
        {"type": "textblock", "text": "x"},
        {"type": "Script", "text": "x"},
        {"type": "Action.Submit"},
        {"type": "AdaptiveCard", "body": [TEXT]},
        {"type": "Media", "sources": []},
        {"type": "Image", "url": "x.png"},
        {"type": ["TextBlock"], "text": "x"},
        {"text": "x"},
        {**TEXT, "requires": {"adaptiveCards": "9.0"}},
        {**TEXT, "requires": {"acme": "*"}},
        {"type": "Input.Text"},
        {"type": "Input.Text", "id": "button"},
        {"type": "Input.Text", "id": "__proto__"},
        "text",
        5,
        None,
        [TEXT],
    ],
    ids=lambda one: str(one)[:50],
)
def test_what_is_unknown_or_lacks_what_it_needs_is_left_out(given):
    fallback = {"type": "TextBlock", "text": "instead"}

    found = checked({"type": "AdaptiveCard", "body": [given, TEXT]})

    assert found.card["body"] == [TEXT]
    assert {one.path.partition("]")[0] for one in found.problems} == {"card.body[0"}
    if isinstance(given, dict):
        assert body_of({**given, "fallback": fallback}) == [fallback]
        assert body_of({**given, "fallback": "drop"}) == []


def test_a_fallback_is_checked_as_what_it_stands_for():
    chain = {"type": "A", "fallback": {"type": "B", "fallback": {"type": "Image", "url": "x"}}}

    assert body_of(chain, {**TEXT, "fallback": chain, "requires": {"adaptiveCards": "1.2"}}) == [
        TEXT
    ]


def test_a_card_of_nothing_but_its_type_is_a_card():
    assert check_card({}) == {"type": "AdaptiveCard", "version": "1.5"}
    assert check_card({"version": "1.3", "body": []})["version"] == "1.3"


def test_a_card_that_was_checked_stays_as_it_is():
    card = check_card({"body": [TEXT, {"type": "Input.Date", "id": "day", "label": "Day"}]})

    assert check_card(card) == card


def test_inputs_are_known_by_id_once_each_wherever_they_are():
    choices = [{"title": "One", "value": 1}, {"title": "Two", "value": "2"}, {"title": "x"}]
    inner = {"body": [{"type": "Input.Number", "id": "n", "max": "5", "isRequired": True}]}
    card = {
        "body": [
            {"type": "Input.Text", "id": "a", "placeholder": "Your name"},
            {"type": "Input.ChoiceSet", "id": "c", "choices": choices, "isMultiSelect": True},
            {"type": "Input.Toggle", "id": "t", "title": "Agree", "valueOn": "yes"},
            {"type": "Container", "items": [{"type": "Input.Text", "id": "a"}]},
        ],
        "actions": [{"type": "Action.ShowCard", "title": "More", "card": inner}],
    }

    found = checked(card)

    assert (
        found.inputs
        == inputs_of(found.card)
        == {
            "a": InputKind(Takes.TEXT, "Your name"),
            "c": InputKind(Takes.CHOICES, "", choices=("1", "2"), several=True),
            "t": InputKind(Takes.TOGGLE, "Agree", choices=("yes", "false")),
            "n": InputKind(Takes.NUMBER, "", required=True),
        }
    )
    assert [one.path for one in found.problems] == [
        "card.body[1].choices[2]",
        "card.body[3].items[0]",
    ]


def test_what_is_shown_and_hidden_by_a_button_is_named_by_id():
    button = {
        "type": "Action.ToggleVisibility",
        "title": "More",
        "targetElements": ["more", {"elementId": "less", "isVisible": False}, "a b", {}],
    }

    (sent,) = check_card({"actions": [button]})["actions"]

    assert sent["targetElements"] == [
        "more",
        {"type": "TargetElement", "elementId": "less", "isVisible": False},
    ]


def test_a_card_is_read_line_by_line():
    card = check_card(
        {
            "body": [
                {"type": "TextBlock", "text": "**Order** A-1\n\nis on its way"},
                {"type": "TextBlock", "text": "hidden", "isVisible": False},
                {"type": "FactSet", "facts": [{"title": "Total", "value": "5 EUR"}]},
                {
                    "type": "ColumnSet",
                    "columns": [{"items": [TEXT]}, {"items": [{**TEXT, "text": "2 x"}]}],
                },
                {"type": "Table", "rows": [{"cells": [{"items": [TEXT]}, {"items": [TEXT]}]}]},
                {"type": "Image", "url": "https://a.example/a.png", "altText": "A boot"},
                {"type": "Input.Text", "id": "a", "label": "Name", "value": "Ann"},
            ],
            "actions": [{"type": "Action.OpenUrl", "title": "Track", "url": "https://a.example"}],
        }
    )

    assert spoken(card).split("\n") == [
        "**Order** A-1 is on its way",
        "Total: 5 EUR",
        "Hi 2 x",
        "Hi | Hi",
        "(A boot)",
        "[Name: Ann]",
        "[Track]",
    ]


@pytest.mark.parametrize("count", [1, 30, 400])
def test_at_most_two_thousand_characters_are_read(count):
    card = {
        "type": "AdaptiveCard",
        "body": [{**TEXT, "text": f"line {n} " * 20} for n in range(count)],
    }

    text = spoken(card)

    assert len(text) <= 2_000
    assert text.endswith("…") == (count > 1)
