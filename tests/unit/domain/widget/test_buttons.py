"""What buttons do stays on the server; a browser knows them by a number."""

from typing import Any

import pytest

from deftly.domain.widget import Button, Does
from tests.unit.domain.widget.literals import buttons_of, check_card, checked


def submit(title, **said):
    return {"type": "Action.Submit", "title": title, "data": {"deftly": said}}


BUY = submit("Buy", type="action", action="Add To Cart", arguments={"id": 5, "__proto__": {"a": 1}})
ASK = submit("Ask", type="message")
KEEP = submit("Keep", type="save", text="Kept.")


def test_buttons_are_numbered_in_the_order_they_are_written():
    card = {
        "selectAction": ASK,
        "body": [
            {"type": "ActionSet", "actions": [BUY]},
            {"type": "Container", "items": [], "selectAction": {**KEEP, "id": "mine"}},
            {"type": "X", "fallback": {"type": "ActionSet", "actions": [ASK]}},
            {"type": "Input.Text", "id": "a", "inlineAction": ASK},
        ],
        "actions": [{"type": "Action.ShowCard", "title": "More", "card": {"actions": [BUY]}}],
    }

    found = checked(card)

    assert [(key, one.title) for key, one in found.buttons.items()] == [
        ("s1", "Ask"),
        ("s2", "Buy"),
        ("s3", "Keep"),
        ("s4", "Ask"),
        ("s5", "Ask"),
        ("s6", "Buy"),
    ]
    assert buttons_of(card) == found.buttons
    assert found.card["selectAction"] == {
        "type": "Action.Submit",
        "title": "Ask",
        "id": "s1",
        "data": {"button": "s1"},
    }
    assert "deftly" not in str(found.card)
    assert "Cart" not in str(found.card)
    assert found.problems[0].path == "card.body[2]"


@pytest.mark.parametrize(
    ("button", "meaning"),
    [
        (BUY, Button(Does.ACTION, "Buy", "Buy", "add_to_cart", {"id": 5, "__proto__": {"a": 1}})),
        (ASK, Button(Does.MESSAGE, "Ask", "Ask", None, {})),
        (KEEP, Button(Does.SAVE, "Keep", "Kept.", None, {})),
    ],
    ids=["action", "message", "save"],
)
def test_a_button_says_a_message_runs_an_action_or_saves(button, meaning):
    found = buttons_of({"actions": [button]})["s1"]

    assert found == meaning
    assert found.wire() == {
        "type": meaning.does.value,
        "text": meaning.text,
        "action": meaning.action or "",
        "arguments": meaning.arguments,
    }


UNUSABLE: list[Any] = [
    {"type": "Action.Submit", "title": "x"},
    {"type": "Action.Submit", "title": "x", "data": "deftly"},
    {"type": "Action.Submit", "title": "x", "data": {"button": "s1"}},
    {"type": "Action.Submit", "title": "x", "data": {"msteams": {"type": "imBack"}}},
    {"type": "Action.Submit", "title": "x", "data": {"deftly": "message"}},
    submit("x"),
    submit("x", type="eval"),
    submit("x", type=["message"]),
    submit("x", type="action"),
    submit("x", type="action", action=""),
    submit("x", type="action", action={"name": "a"}),
    submit("x", type="action", action="a", arguments=[1]),
    submit("x", type="action", action="a", argument={}),
    submit("x", type="message", text=5),
    submit("x", type="message", text="x" * 2001),
    {"type": "Action.Execute", "title": "x", "verb": "go", "data": BUY["data"]},
    {"type": "Action.Http", "title": "x", "url": "https://a.example"},
    {"type": "Action.OpenUrl", "title": "x"},
    {"type": "Action.ShowCard", "title": "x"},
    {"type": "Action.ShowCard", "title": "x", "card": {"type": "Container"}},
    {"type": "Action.ToggleVisibility", "title": "x"},
    "Action.Submit",
    None,
]


@pytest.mark.parametrize("button", UNUSABLE, ids=lambda one: str(one)[:70])
def test_a_button_that_does_nothing_known_is_left_out_and_the_others_keep_their_order(button):
    found = checked({"actions": [ASK, button, KEEP]})

    assert [one["title"] for one in found.card["actions"]] == ["Ask", "Keep"]
    assert list(found.buttons) == ["s1", "s2"]
    assert {one.path for one in found.problems} == {"card.actions[1]"} | {
        one.path for one in found.problems if one.path.startswith("card.actions[1].")
    }


def test_tapping_an_element_opens_no_further_card():
    tap = {"type": "Action.ShowCard", "card": {"body": []}}

    assert check_card({"body": [{"type": "Container", "items": [], "selectAction": tap}]}) == {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [{"type": "Container", "items": []}],
    }


def test_what_is_inside_of_an_element_that_is_left_out_cannot_be_pressed_or_filled_in():
    inline = {"type": "Input.Text", "id": "a b", "inlineAction": ASK}
    picture = {"type": "Image", "url": "javascript:x", "selectAction": BUY}
    shown = {"type": "Action.ShowCard", "title": "x", "card": {"type": "Container"}}
    card = {"body": [inline, picture, {"type": "Input.Text", "id": "c"}], "actions": [shown, KEEP]}

    found = checked(card)

    assert [one.title for one in found.buttons.values()] == ["Keep"]
    assert found.card["actions"][0]["id"] == "s1"
    assert list(found.inputs) == ["c"]
