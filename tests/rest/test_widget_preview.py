"""A widget that nobody stored is drawn, or what is wrong with it is told."""

import pytest

from tests.rest.widget_kit import EXAMPLE, TEMPLATE, WIDGETS, button, definition

PREVIEW = f"{WIDGETS}/preview"


async def preview(api, widget, **more):
    answer = await api.post(PREVIEW, {"widget": widget, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def text(told):
    return told["card"]["body"][0]["text"]


async def test_a_widget_is_drawn_with_its_example(api, folder):
    told = await preview(api, definition())

    assert told["ok"] is True
    assert text(told) == told["spoken"] == "Order A-1042 is shipped"
    assert told["problems"] == []
    assert (await api.get(WIDGETS)).json() == {"widgets": []}
    assert not (folder / "widgets").exists()


async def test_data_comes_over_the_example_by_its_top_level_keys(api):
    told = await preview(api, {"template": TEMPLATE, "exampleData": EXAMPLE}, data={"status": "in"})

    assert text(told) == "Order A-1042 is in"


async def test_a_browser_gets_no_word_of_what_a_button_does(api):
    template = button(type="message", text="My order is ${order_id}")

    told = await preview(api, definition(template=template))

    (action,) = told["card"]["actions"]
    assert action["data"] == {"button": "s1"}
    assert "deftly" not in str(told["card"])


async def test_what_has_no_value_is_told(api):
    told = await preview(api, definition(exampleData={"order_id": "A-1042"}))

    assert told["ok"] is True
    (problem,) = told["problems"]
    assert problem["path"] == "data"
    assert "status" in problem["message"]


async def test_data_that_does_not_fit_the_schema_is_told_with_its_place(api):
    told = await preview(api, definition(), data={"order_id": [1]})

    assert told["ok"] is True
    (problem,) = told["problems"]
    assert problem["path"] == "data/order_id"


SCRIPT = {"type": "Image", "url": "javascript:alert(1)"}
WRONG = [
    ({"template": "a"}, "template"),
    ({}, "template"),
    ({"template": {**TEMPLATE, "body": [{"type": "TextBlock", "text": "${a"}]}}, "template.body"),
    ({"template": TEMPLATE, "name": "Order Card"}, "name"),
    ({"template": TEMPLATE, "dataSchema": {"type": "pigeon"}}, "dataSchema"),
    ({"template": {**TEMPLATE, "body": [{"type": "TextBlock", "text": "${a * 2}"}]},
      "exampleData": {"a": "x"}}, "template.body"),
    ({"template": {"$data": "${rows}", **TEMPLATE}, "exampleData": {"rows": [1, 2]}}, "template"),
    ({"template": {**TEMPLATE, "type": "Container"}}, "template.type"),
]  # fmt: skip


@pytest.mark.parametrize(("widget", "path"), WRONG, ids=lambda value: str(value)[:60])
async def test_what_cannot_be_drawn_is_told_with_its_place(api, widget, path):
    told = await preview(api, widget)

    assert told["ok"] is False
    assert told["error"].endswith((".", "details)"))
    assert any(one["path"].startswith(path) for one in told["problems"]), told
    assert "card" not in told


async def test_what_may_not_be_sent_is_left_out_and_told(api):
    template = {**TEMPLATE, "body": [*TEMPLATE["body"], SCRIPT]}

    told = await preview(api, definition(template=template))

    assert told["ok"] is True
    assert len(told["card"]["body"]) == 1
    assert "javascript:" not in str(told["card"])
    assert told["problems"]


@pytest.mark.parametrize(
    "body",
    [{}, {"widget": 5}, {"widget": definition(), "data": [1]}, {"widget": {}, "datum": {}}],
)
async def test_a_request_of_another_form_is_refused(api, body):
    answer = await api.post(PREVIEW, body)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request")
