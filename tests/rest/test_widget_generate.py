"""A widget is drafted from words by a model, and from a card that is written out without one."""

import json

import pytest

from tests.agent.provider_server import refusal
from tests.rest.test_generate import WORDS, asking, calls
from tests.rest.widget_kit import EXAMPLE, SCHEMA, TEMPLATE, WIDGETS, button

GENERATE = f"{WIDGETS}/generate"
PROPOSAL = {
    "name": "order_card",
    "title": "Order",
    "description": "One order.",
    "template": TEMPLATE,
    "data_schema": SCHEMA,
    "example_data": EXAMPLE,
}
BROKEN = {**TEMPLATE, "body": [{"type": "TextBlock", "text": "${order_id"}]}
CARD_TEXT = json.dumps(TEMPLATE)
WHOLE = json.dumps({"name": "my_card", "template": TEMPLATE, "exampleData": EXAMPLE})


def proposes(**changes):
    return calls("final_result", {**PROPOSAL, **changes})


async def test_a_model_drafts_what_is_asked_for_and_nothing_is_stored(folder):
    async with asking(folder, proposes()) as (api, provider):
        await api.create(name="get order", url="https://api.example.com/orders")

        answer = await api.post(GENERATE, {"prompt": "a card of an order"})

        assert answer.status_code == 200, answer.text
        told = answer.json()
        assert told["warnings"] == []
        assert (await api.get(WIDGETS)).json() == {"widgets": []}
        stored = await api.post(WIDGETS, told["generated"])
        assert stored.status_code == 200, stored.text
        assert stored.json()["widget"]["exampleData"] == EXAMPLE
    assert "Actions there are: get_order" in provider.asked[0].body.decode()


async def test_a_button_for_an_action_the_model_made_up_is_told(folder):
    template = button(type="action", action="get_rich")
    async with asking(folder, proposes(template=template)) as (api, _):
        answer = await api.post(GENERATE, {"prompt": "a card of an order"})

    (warning,) = answer.json()["warnings"]
    assert "get_rich" in warning["message"]


@pytest.mark.parametrize(
    "bad",
    [
        proposes(template=BROKEN),
        proposes(template={"type": "Container"}),
        proposes(name="Order Card"),
        proposes(data_schema={"type": "pigeon"}),
        calls("final_result", {"name": "x"}),
        calls("final_result", "{not json"),
        WORDS,
    ],
    ids=range(7),
)
async def test_an_unusable_answer_is_corrected_once(folder, bad):
    async with asking(folder, bad, proposes()) as (api, provider):
        answer = await api.post(GENERATE, {"prompt": "a card of an order"})

        assert answer.status_code == 200, answer.text
        assert len(provider.asked) == 2
    async with asking(folder, bad, bad, proposes()) as (api, provider):
        answer = await api.post(GENERATE, {"prompt": "a card of an order"})

        assert (answer.status_code, answer.json()["code"]) == (502, "model_answer_unusable")
        assert len(provider.asked) == 2


async def test_a_provider_that_cannot_is_told(folder):
    async with asking(folder, refusal(401, "bad key")) as (api, _):
        answer = await api.post(GENERATE, {"prompt": "a card of an order"})

    assert (answer.status_code, answer.json()["code"]) == (503, "model_unavailable")


@pytest.mark.parametrize(
    ("prompt", "name", "example"),
    [
        (CARD_TEXT, "order_is", None),
        (f"Make a widget:\n```json\n{CARD_TEXT}\n```\nplease", "order_is", None),
        (f"Take {WHOLE}", "my_card", EXAMPLE),
    ],
)  # fmt: skip
async def test_a_card_that_is_written_out_needs_no_model(api, prompt, name, example):
    answer = await api.post(GENERATE, {"prompt": prompt})

    assert answer.status_code == 200, answer.text
    generated = answer.json()["generated"]
    assert (generated["name"], generated["template"]) == (name, TEMPLATE)
    assert generated.get("exampleData") == example
    assert (await api.post(WIDGETS, generated)).status_code == 200


@pytest.mark.parametrize(
    ("prompt", "status", "code"),
    [
        (None, 400, "invalid_request"),
        ("", 400, "invalid_request"),
        (5, 400, "invalid_request"),
        ("x" * 500_001, 400, "invalid_request"),
        ("x" * 20_001, 400, "invalid_request"),
        (json.dumps(BROKEN), 400, "invalid_definition"),
        ("a card of an order", 503, "model_unavailable"),
        ("{" * 20_000, 503, "model_unavailable"),
        ('{"type": "AdaptiveCard"', 503, "model_unavailable"),
    ],
    ids=lambda value: str(value)[:30],
)
async def test_what_cannot_be_drafted_is_refused(api, prompt, status, code):
    answer = await api.post(GENERATE, {"prompt": prompt})

    assert (answer.status_code, answer.json()["code"]) == (status, code)
