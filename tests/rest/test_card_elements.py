"""What an API answers fills a card, and puts nothing on it that the card's author did not write."""

import pytest

from tests.cards import add_widget, button, card, text

REFUND = button("Refund", "action", action="refund", arguments={"order_id": "${order_id}"})
LIST = card(actions=(REFUND,)) | {"body": [text("Order ${order_id}"), "${items}"]}
BROUGHT = {
    "an input": {"type": "Input.Text", "id": "order_id", "value": "A-9999", "isVisible": False},
    "a link": {"type": "TextBlock", "text": "[Pay here](https://evil.example.com)"},
    "a button": {"type": "ActionSet", "actions": [{"type": "Action.OpenUrl", "title": "Pay"}]},
    "a picture": {"type": "Image", "url": "https://evil.example.com/seen.png"},
    "one inside": {"type": "Unknown", "items": [{"type": "Input.Toggle", "id": "sure"}]},
}


@pytest.mark.parametrize("brought", BROUGHT.values(), ids=BROUGHT)
async def test_an_answer_that_brings_an_element_shows_no_card(api, upstream, brought):
    await add_widget(api.deftly, "listing", {"template": LIST})
    upstream.answers({"order_id": "A-1", "items": [brought]})
    await api.create(url=upstream.url("/orders/{{order_id}}"), widget="listing")

    outcome = (await api.call("get_order", {"order_id": "A-1"})).json()
    run = (await api.get(f"/api/runs/{outcome['runId']}")).json()["run"]

    assert outcome["status"] == "succeeded"
    assert "widget" not in outcome
    assert "element of its own" in run["note"]
    assert outcome["result"]["shown"].startswith("The card could not be shown")


@pytest.mark.parametrize("many", [2_001, 15_000])
async def test_an_answer_that_brings_too_much_shows_no_card(api, upstream, many):
    widget = {"template": card({"type": "FactSet", "facts": "${items}"})}
    await add_widget(api.deftly, "listing", widget)
    upstream.answers({"items": [{"title": "a", "value": "b"}] * many})
    await api.create(url=upstream.url("/orders/{{order_id}}"), widget="listing")

    outcome = (await api.call("get_order", {"order_id": "A-1"})).json()

    assert outcome["status"] == "succeeded"
    assert "widget" not in outcome
