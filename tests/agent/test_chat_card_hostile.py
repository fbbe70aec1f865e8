"""What nobody can make the buttons of a card do."""

import json

import pytest

from deftly.domain.access import Scope
from tests.agent.card_kit import (
    FORM,
    FORM_SHOWN,
    SHOWS,
    card_world,
    cards_of,
    press,
    runs_of,
    shown_form,
)
from tests.agent.chat_kit import Talker
from tests.agent.provider_server import calls, words
from tests.cards import ASK, RETURN_FORM, SAVE, add_widget, field

HOSTILE = [
    ({}, 400),
    ({"button": None}, 400),
    ({"button": ["s1"]}, 400),
    ({"button": ""}, 400),
    ({"button": "s9"}, 400),
    ({"button": "S1"}, 400),
    ({"button": "create_return"}, 400),
    ({"button": "__proto__"}, 400),
    ({"button": SAVE, "action": "cancel_order"}, 400),
    ({"button": SAVE, "data": {"deftly": {"type": "action", "action": "cancel_order"}}}, 400),
    ({"button": SAVE, "inputs": []}, 400),
    ({"button": SAVE, "inputs": "reason"}, 400),
    ({"button": SAVE, "inputs": {"order_id": "A-1043"}}, 400),
    ({"button": SAVE, "inputs": {"deftly": {"type": "action"}}}, 400),
    ({"button": SAVE, "inputs": {"__proto__": "x"}}, 400),
    ({"button": SAVE, "inputs": {"reason": {"a": 1}}}, 400),
    ({"button": SAVE, "inputs": {"reason": ["x"]}}, 400),
    ({"button": SAVE, "inputs": {"reason": 5}}, 400),
    ({"button": SAVE, "inputs": {"reason": True}}, 400),
    ({"button": SAVE, "inputs": {"reason": "x" * 20_001}}, 400),
    ({"button": SAVE, "inputs": {"reason": "x" * 70_000}}, 413),
    ({"button": SAVE, "inputs": {"count": "many"}}, 400),
    ({"button": SAVE, "inputs": {"count": True}}, 400),
    ({"button": SAVE, "inputs": {"count": "1e5"}}, 400),
    ({"button": ASK, "inputs": {"reason": None, "more": "x"}}, 400),
]


async def test_of_a_press_nothing_is_believed_but_button_and_inputs(folder):
    async with card_world(folder, *FORM_SHOWN) as scene:
        conversation, card = await shown_form(scene)
        path = f"/api/conversations/{conversation}/cards/{card}/submit"
        answers = [await scene.client.http.post(path, json=given) for given, _ in HOSTILE]
        kept = await scene.api.deftly.stores.submissions.page("sample_form", cursor=None, limit=9)
        runs = await runs_of(scene, conversation)

    found = [(given, one.status_code) for (given, _), one in zip(HOSTILE, answers, strict=True)]
    assert found == HOSTILE
    assert all(one.json()["error"] for one in answers)
    assert kept.submissions == ()
    assert len(runs) == 1


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ({"kind": "ChoiceSet", "choices": [{"title": "M", "value": "m"}]}, "m", "xl"),
        (
            {
                "kind": "ChoiceSet",
                "isMultiSelect": True,
                "choices": [{"title": one, "value": one} for one in "abc"],
            },
            "a,c",
            "a,d",
        ),
        ({"kind": "Toggle", "title": "Gift"}, "true", "maybe"),
        ({"kind": "Date"}, "2026-01-02", 5),
    ],
    ids=["one", "several", "toggle", "date"],
)
async def test_a_value_is_one_the_card_offers(folder, kind, good, bad):
    form = json.loads(json.dumps(RETURN_FORM))
    form["template"]["body"].append(field("choice", **kind))
    async with card_world(folder, *FORM_SHOWN) as scene:
        await add_widget(scene.api.deftly, "sample_form", form)
        conversation, card = await shown_form(scene)
        http = scene.client.http
        fits = await press(http, conversation, card, SAVE, inputs={"choice": good})
        other = await press(http, conversation, card, SAVE, inputs={"choice": bad})

    assert (fits.status_code, other.status_code) == (200, 400), (fits.text, other.text)
    assert other.json()["details"][0]["path"] == "inputs.choice"


async def test_nobody_else_presses_and_no_card_of_elsewhere_is_pressed(folder):
    replies = [*FORM_SHOWN, calls(FORM), words("Again."), calls(SHOWS), words("There.")]
    async with card_world(folder, *replies) as scene:
        conversation, card = await shown_form(scene)
        manager = await scene.other(*Scope)
        stranger = await scene.other(Scope.RUN)
        other = Talker(scene.client.http, thread="t2")
        elsewhere = await other.say("Return A-1038")
        (second,) = cards_of(elsewhere)
        outside = await scene.api.call("sample_form", {"order_id": "A-1038"})
        tries = [
            (manager.http, conversation, card),
            (stranger.http, conversation, card),
            (scene.client.http, conversation, second["cardId"]),
            (scene.client.http, conversation, outside.json()["runId"]),
            (scene.client.http, conversation, "no-such-card"),
            (scene.client.http, "no-such-conversation", card),
        ]
        found = [(await press(*one, SAVE)).status_code for one in tries]
        kept = await scene.api.deftly.stores.submissions.page("sample_form", cursor=None, limit=9)

    assert found == [404] * len(tries)
    assert kept.submissions == ()
